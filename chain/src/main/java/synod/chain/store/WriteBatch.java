package synod.chain.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Changes that a {@link KeyValueStore} makes together or not at all, in their order: of two for the same key the later
 * one holds. The arrays are not copied; do not change them afterwards.
 */
public final class WriteBatch {
    private final List<Change> changes = new ArrayList<>();
    private long bytes;

    /**
     * What becomes of one key.
     *
     * @param key the key
     * @param value its new value; empty if the key is deleted
     */
    public record Change(byte[] key, Optional<byte[]> value) {}

    /** Sets a key to a value. */
    public WriteBatch put(byte[] key, byte[] value) {
        changes.add(new Change(key, Optional.of(value)));
        bytes += key.length + value.length;
        return this;
    }

    /** Deletes a key, if it is there. */
    public WriteBatch delete(byte[] key) {
        changes.add(new Change(key, Optional.empty()));
        bytes += key.length;
        return this;
    }

    /** The changes in their order. */
    public List<Change> changes() {
        return Collections.unmodifiableList(changes);
    }

    /** How many bytes the keys and values have together. */
    public long bytes() {
        return bytes;
    }
}
