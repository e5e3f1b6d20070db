package synod.crypto;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A bounded memory of what was worked out from encoded keys. Keys of one hash share a row of few places, from which the
 * newest drives out the oldest: no locks, no order to keep. Whoever chooses keys that fall on another's row makes that
 * one be worked out again, which costs what it would without this memory.
 *
 * @param <V> an immutable value that depends on the key's bytes alone, so that it does not matter which thread's is kept
 */
final class RecentKeys<V> {
    private static final int ROW = 4;

    private final AtomicReferenceArray<@Nullable Entry<V>> places;

    /** A memory of as many keys, a power of two and at least a row. */
    RecentKeys(int capacity) {
        if (Integer.bitCount(capacity) != 1 || capacity < ROW) {
            throw new IllegalArgumentException("a capacity that is no power of two from " + ROW + ": " + capacity);
        }
        places = new AtomicReferenceArray<>(capacity);
    }

    /** The key's value, from memory or by working it out. The key's array must not change afterwards. */
    V get(byte[] key, Function<byte[], V> workOut) {
        int row = ROW * Arrays.hashCode(key) & places.length() - 1;
        for (int i = row; i < row + ROW; i++) {
            Entry<V> entry = places.getAcquire(i);
            if (entry != null && Arrays.equals(entry.key, key)) {
                return entry.value;
            }
        }
        V value = workOut.apply(key);
        Entry<V> moved = new Entry<>(key, value);
        for (int i = row; i < row + ROW && moved != null; i++) {
            moved = places.getAndSet(i, moved);
        }
        return value;
    }

    private record Entry<V>(byte[] key, V value) {}
}
