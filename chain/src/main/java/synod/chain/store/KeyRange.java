package synod.chain.store;

import java.util.Arrays;
import java.util.Optional;

/**
 * The keys from one on, up to but without another, in the order of their unsigned bytes.
 *
 * @param from the first key that belongs to it; empty bytes come before all others
 * @param to the first that does not any more; if there is none, all that follow belong to it
 */
public record KeyRange(byte[] from, Optional<byte[]> to) {
    private static final KeyRange ALL = new KeyRange(new byte[0], Optional.empty());

    /** Every key. */
    public static KeyRange all() {
        return ALL;
    }

    /** The keys from one, inclusive, to another, exclusive; none if they are the wrong way round. */
    public static KeyRange between(byte[] from, byte[] to) {
        return new KeyRange(from, Optional.of(to));
    }

    /** The keys that begin with these bytes. */
    public static KeyRange prefix(byte[] prefix) {
        int last = prefix.length - 1;
        while (last >= 0 && prefix[last] == (byte) 0xff) {
            last--;
        }
        if (last < 0) {
            return new KeyRange(prefix, Optional.empty());
        }
        byte[] to = Arrays.copyOf(prefix, last + 1);
        to[last]++;
        return new KeyRange(prefix, Optional.of(to));
    }

    /** Whether a key belongs to it. */
    public boolean contains(byte[] key) {
        return Arrays.compareUnsigned(key, from) >= 0 && isBeforeEnd(key);
    }

    private boolean isBeforeEnd(byte[] key) {
        return to.isEmpty() || Arrays.compareUnsigned(key, to.get()) < 0;
    }
}
