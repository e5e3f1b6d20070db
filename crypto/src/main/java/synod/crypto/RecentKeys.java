package synod.crypto;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A bounded memory of what was worked out from encoded keys. Each key has one place, and the newest key that falls on a
 * place has it: no locks, no order to keep. Whoever chooses keys that fall on another's place makes that one be worked out
 * again, which costs what it would without this memory.
 *
 * @param <V> an immutable value that depends on the key's bytes alone, so that it does not matter which thread's is kept
 */
final class RecentKeys<V> {
    private final AtomicReferenceArray<@Nullable Entry<V>> places;

    /** A memory of as many keys, a power of two. */
    RecentKeys(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("a capacity that is no power of two: " + capacity);
        }
        places = new AtomicReferenceArray<>(capacity);
    }

    /** The key's value, from memory or by working it out. The key's array must not change afterwards. */
    V get(byte[] key, Function<byte[], V> workOut) {
        int place = Arrays.hashCode(key) & places.length() - 1;
        Entry<V> entry = places.getAcquire(place);
        if (entry == null || !Arrays.equals(entry.key, key)) {
            entry = new Entry<>(key, workOut.apply(key));
            places.setRelease(place, entry);
        }
        return entry.value;
    }

    private record Entry<V>(byte[] key, V value) {}
}
