package synod.chain.store;

import java.util.Optional;

/** Reads of a {@link KeyValueStore} or of a {@link Snapshot} of it. Any thread. */
public interface KeyValueReader {
    /** The value of a key, the caller's to keep. */
    Optional<byte[]> get(byte[] key);

    /** The entries of a range, in ascending order of the keys' unsigned bytes. */
    Cursor scan(KeyRange range);

    /** The entries of a range, in descending order. */
    Cursor scanReverse(KeyRange range);
}
