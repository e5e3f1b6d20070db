package synod.crypto;

import org.jspecify.annotations.Nullable;

/**
 * What there is to know of an encoded public key: whether it is a point A of prime order, and if so, what multiplies it.
 * A key that comes a second time gets a larger table, which pays for itself by the fourth. Threads may race for it: they
 * only make the same table twice.
 */
final class KeyPoint {
    private static final int WIDTH = 4;
    private static final int SEEN_ONCE_WIDTH = 5;

    private final @Nullable CurvePoint point;
    private boolean isSeen;
    private @Nullable OddMultiples multiples;

    private KeyPoint(@Nullable CurvePoint point) {
        this.point = point;
    }

    static KeyPoint of(byte[] encoded) {
        CurvePoint point = new CurvePoint();
        boolean isKey = PrimeOrderSubgroup.contains(encoded, 0) && point.decodeVar(encoded, 0);
        return new KeyPoint(isKey ? point : null);
    }

    /** Whether the bytes are the canonical encoding of a point of prime order. */
    boolean hasPrimeOrder() {
        return point != null;
    }

    /**
     * A table of the point's multiples.
     *
     * @throws IllegalStateException if the point is not of prime order
     */
    OddMultiples multiples() {
        if (point == null) {
            throw new IllegalStateException("multiples of a point that is not of prime order");
        }
        OddMultiples known = multiples;
        if (known != null) {
            return known;
        }
        if (!isSeen) {
            isSeen = true;
            return OddMultiples.of(point, SEEN_ONCE_WIDTH);
        }
        known = OddMultiples.spread(point, WIDTH);
        multiples = known;
        return known;
    }
}
