package synod.chain.store;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A disk in memory that knows which bytes are synced, and can crash, flip bits, fail and be full on request. For
 * tests and simulations; deterministic.
 */
public final class MemoryDisk implements Disk {
    /** The unit in which a disk writes or does not write: a torn write is whole sectors and one cut. */
    private static final int SECTOR_BYTES = 512;

    private final TreeMap<String, MemoryFile> files = new TreeMap<>();
    private long capacityBytes = Long.MAX_VALUE;
    private boolean syncsFail;

    /** What a crash leaves of the bytes at the end of a file that were not synced. */
    @FunctionalInterface
    public interface Tear {
        /** The bytes found in the place of the unsynced ones afterwards: fewer, or other ones. */
        byte[] kept(String name, byte[] unsynced);

        /** Keeps at most the first {@code bytes} of them. */
        static Tear keeping(int bytes) {
            return (name, unsynced) -> Arrays.copyOf(unsynced, Math.min(bytes, unsynced.length));
        }

        /** Keeps a random number of them, and of those leaves some sectors as zeros that were never written. */
        static Tear random(Random random) {
            return (name, unsynced) -> {
                byte[] kept = Arrays.copyOf(unsynced, random.nextInt(unsynced.length + 1));
                boolean holes = random.nextBoolean();
                for (int from = 0; holes && from < kept.length; from += SECTOR_BYTES) {
                    if (random.nextInt(3) == 0) {
                        Arrays.fill(kept, from, Math.min(from + SECTOR_BYTES, kept.length), (byte) 0);
                    }
                }
                return kept;
            };
        }
    }

    /** The disk as it is found after a crash now; this one stays as it is. Faults that were set are not carried over. */
    public synchronized MemoryDisk crash(Tear tear) {
        MemoryDisk after = new MemoryDisk();
        files.forEach((name, file) -> after.files.put(name, file.afterCrash(name, tear)));
        return after;
    }

    /** The disk after a crash that kept, of each file, the synced bytes and so many of the others. */
    public MemoryDisk crash(int keepUnsyncedBytes) {
        return crash(Tear.keeping(keepUnsyncedBytes));
    }

    /** A disk of its own with the same files, the same bytes of them synced, and no faults. */
    public synchronized MemoryDisk copy() {
        MemoryDisk copy = new MemoryDisk();
        files.forEach((name, file) -> copy.files.put(name, file.copy()));
        return copy;
    }

    /** Turns over one bit; bit 0 is the lowest of the first byte. */
    public synchronized void flipBit(String name, long bit) {
        if (bit < 0 || bit >>> 3 >= size(name)) {
            throw new IllegalArgumentException("no bit " + bit + " in " + name);
        }
        file(name).flipBit(bit);
    }

    /** From now on every sync fails, or none does. */
    public synchronized void failSyncs(boolean fail) {
        syncsFail = fail;
    }

    /** Sets how many bytes all files together may have. What does not fit any more is written as far as it fits. */
    public synchronized void limitTo(long bytes) {
        capacityBytes = bytes;
    }

    @Override
    public synchronized List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public synchronized long size(String name) {
        return file(name).size();
    }

    @Override
    public synchronized void append(String name, byte[]... parts) {
        MemoryFile file = file(name);
        for (byte[] part : parts) {
            long free = Math.max(0, capacityBytes - used());
            file.append(part, (int) Math.min(free, part.length));
            if (free < part.length) {
                throw full(name);
            }
        }
    }

    @Override
    public synchronized void sync(String name) {
        MemoryFile file = file(name);
        if (syncsFail) {
            throw new DiskException(DiskException.Kind.FAILED, "The file " + name + " could not be synced.");
        }
        file.sync();
    }

    @Override
    public synchronized byte[] read(String name, long offset, int length) {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("cannot read " + length + " bytes at " + offset);
        }
        MemoryFile file = file(name);
        int from = (int) Math.min(offset, file.size());
        return file.read(from, (int) Math.min((long) from + length, file.size()));
    }

    @Override
    public synchronized void truncate(String name, long size) {
        MemoryFile file = file(name);
        if (size < 0 || size > file.size()) {
            throw new IllegalArgumentException("cannot cut " + name + " to " + size + " bytes: it has " + file.size());
        }
        file.truncate((int) size);
    }

    @Override
    public synchronized void create(String name, byte[]... parts) {
        Disk.checkName(name);
        if (files.containsKey(name)) {
            throw new IllegalStateException("there is a file " + name + " already");
        }
        if (syncsFail) {
            throw new DiskException(DiskException.Kind.FAILED, "The file " + name + " could not be synced.");
        }
        MemoryFile file = new MemoryFile(new byte[0]);
        for (byte[] part : parts) {
            file.append(part, part.length);
        }
        if (file.size() > capacityBytes - used()) {
            throw full(name);
        }
        file.sync();
        files.put(name, file);
    }

    @Override
    public synchronized void delete(String name) {
        file(name);
        files.remove(name);
    }

    @Override
    public void close() {
        // nothing is held open
    }

    private long used() {
        long used = 0;
        for (Map.Entry<String, MemoryFile> file : files.entrySet()) {
            used += file.getValue().size();
        }
        return used;
    }

    private MemoryFile file(String name) {
        MemoryFile file = files.get(name);
        if (file == null) {
            throw new DiskException(DiskException.Kind.FAILED, "There is no file " + name + ".");
        }
        return file;
    }

    private static DiskException full(String name) {
        return new DiskException(
                DiskException.Kind.FULL, "No space is left to write " + name + ". Free some and start the node again.");
    }
}
