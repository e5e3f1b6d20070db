package synod.node.runtime;

import java.util.List;
import java.util.Optional;
import synod.chain.store.Disk;
import synod.chain.store.DiskException;

/** A disk that fails when the test says so, and ever after. */
final class FailingDisk implements Disk {
    private final Disk disk;
    private volatile Optional<DiskException> onAppend = Optional.empty();
    private volatile Optional<DiskException> onSync = Optional.empty();

    FailingDisk(Disk disk) {
        this.disk = disk;
    }

    void failNext(DiskException reason, boolean append) {
        if (append) {
            onAppend = Optional.of(reason);
        } else {
            onSync = Optional.of(reason);
        }
    }

    @Override
    public List<String> list() {
        return disk.list();
    }

    @Override
    public long size(String name) {
        return disk.size(name);
    }

    @Override
    public void append(String name, byte[]... parts) {
        if (onAppend.isPresent()) {
            throw onAppend.get();
        }
        disk.append(name, parts);
    }

    @Override
    public void sync(String name) {
        if (onSync.isPresent()) {
            throw onSync.get();
        }
        disk.sync(name);
    }

    @Override
    public byte[] read(String name, long offset, int length) {
        return disk.read(name, offset, length);
    }

    @Override
    public void truncate(String name, long size) {
        disk.truncate(name, size);
    }

    @Override
    public void create(String name, byte[]... parts) {
        disk.create(name, parts);
    }

    @Override
    public void delete(String name) {
        disk.delete(name);
    }

    @Override
    public void close() {
        disk.close();
    }
}
