package synod.node.replica;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import synod.chain.store.KeyValueReader;
import synod.chain.store.Position;
import synod.chain.store.WriteBatch;

/**
 * Which bodies in the journal the key-value store does not know yet. With every batch the store gets the place from which
 * a restart must read the journal to find them.
 */
public final class UnsettledBodies {
    private static final byte[] ROW = {'j'};

    private final SortedMap<Position, Long> heights = new TreeMap<>();
    private Optional<Position> last = Optional.empty();

    UnsettledBodies() {}

    /** From where a restart must read the journal; empty: from its start. */
    public static Optional<Position> recoverFrom(KeyValueReader store) {
        return store.get(ROW)
                .map(bytes -> Position.of(java.nio.ByteBuffer.wrap(bytes).getLong()));
    }

    void add(Position position, long height) {
        heights.put(position, height);
        last = Optional.of(last.filter(known -> known.compareTo(position) > 0).orElse(position));
    }

    void settle(long height, WriteBatch batch) {
        heights.entrySet().stream()
                .filter(body -> body.getValue() > height)
                .map(Map.Entry::getKey)
                .findFirst()
                .or(() -> last)
                .ifPresent(position -> batch.put(
                        ROW,
                        java.nio.ByteBuffer.allocate(Long.BYTES)
                                .putLong(position.toLong())
                                .array()));
    }

    void settled(long height) {
        heights.values().removeIf(settled -> settled <= height);
    }
}
