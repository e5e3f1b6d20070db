package synod.chain.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One file of a {@link MemoryDisk}: its bytes, and what a crash would leave of them. */
final class MemoryFile {
    private byte[] data;
    private int size;
    private int syncedSize;

    /** The durable bytes while a truncation below them is not synced. */
    private byte @Nullable [] beforeTruncation;

    MemoryFile(byte[] contents) {
        data = contents.clone();
        size = contents.length;
        syncedSize = size;
    }

    int size() {
        return size;
    }

    void append(byte[] bytes, int length) {
        if (size + length > data.length) {
            data = Arrays.copyOf(data, Math.max(size + length, 2 * data.length));
        }
        System.arraycopy(bytes, 0, data, size, length);
        size += length;
    }

    byte[] read(int from, int to) {
        return Arrays.copyOfRange(data, from, to);
    }

    void truncate(int newSize) {
        if (newSize < syncedSize) {
            if (beforeTruncation == null) {
                beforeTruncation = Arrays.copyOf(data, syncedSize);
            }
            syncedSize = newSize;
        }
        size = newSize;
    }

    void sync() {
        syncedSize = size;
        beforeTruncation = null;
    }

    void flipBit(long bit) {
        data[Math.toIntExact(bit >>> 3)] ^= (byte) (1 << (bit & 7));
    }

    MemoryFile copy() {
        MemoryFile copy = new MemoryFile(read(0, size));
        copy.syncedSize = syncedSize;
        copy.beforeTruncation = beforeTruncation == null ? null : beforeTruncation.clone();
        return copy;
    }

    /** The file after a crash; a truncation that was not synced did not happen. */
    MemoryFile afterCrash(String name, MemoryDisk.Tear tear) {
        if (beforeTruncation != null) {
            return new MemoryFile(beforeTruncation);
        }
        byte[] kept = tear.kept(name, read(syncedSize, size));
        byte[] contents = Arrays.copyOf(data, syncedSize + kept.length);
        System.arraycopy(kept, 0, contents, syncedSize, kept.length);
        return new MemoryFile(contents);
    }
}
