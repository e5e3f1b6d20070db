package synod.node.stratum;

import java.util.List;
import synod.chain.store.Disk;

/** Runs something before and after each change to a disk. */
record FusedDisk(Disk disk, Runnable fuse) implements Disk {
    private void around(Runnable change) {
        fuse.run();
        change.run();
        fuse.run();
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
        around(() -> disk.append(name, parts));
    }

    @Override
    public void sync(String name) {
        around(() -> disk.sync(name));
    }

    @Override
    public byte[] read(String name, long offset, int length) {
        return disk.read(name, offset, length);
    }

    @Override
    public void truncate(String name, long size) {
        around(() -> disk.truncate(name, size));
    }

    @Override
    public void create(String name, byte[]... parts) {
        around(() -> disk.create(name, parts));
    }

    @Override
    public void delete(String name) {
        around(() -> disk.delete(name));
    }

    @Override
    public void close() {
        disk.close();
    }
}
