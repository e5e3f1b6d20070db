package synod.crypto;

import org.jspecify.annotations.Nullable;

/**
 * What there is to know of an encoded public key: whether it is a point A of prime order, and if so, what multiplies it.
 * Tables are made when they are asked for and kept. Threads may race for one: they only make the same table twice.
 */
final class KeyPoint {
    private static final int WIDTH = 5;

    private final @Nullable CurvePoint point;
    private boolean isSeenAlone;
    private @Nullable OddMultiples multiples;
    private @Nullable OddMultiples spreadMultiples;

    private KeyPoint(@Nullable CurvePoint point) {
        this.point = point;
    }

    static KeyPoint of(byte[] encoded) {
        CurvePoint point = new CurvePoint();
        boolean isKey = PrimeOrderSubgroup.containsVar(encoded, 0) && point.decodeVar(encoded, 0);
        return new KeyPoint(isKey ? point : null);
    }

    /** Whether the bytes are the canonical encoding of a point of prime order. */
    boolean hasPrimeOrder() {
        return point != null;
    }

    /**
     * A table for a sum over many points, which does its doublings for all of them.
     *
     * @throws IllegalStateException if the point is not of prime order
     */
    OddMultiples multiples() {
        OddMultiples known = multiples;
        if (known == null) {
            known = OddMultiples.of(primeOrderPoint(), WIDTH);
            multiples = known;
        }
        return known;
    }

    /**
     * A table for a sum over this point and the base point alone. From the second time on it is one that needs a quarter
     * of the doublings; making it costs what it saves in the next sum.
     *
     * @throws IllegalStateException if the point is not of prime order
     */
    OddMultiples multiplesAlone() {
        OddMultiples known = spreadMultiples;
        if (known != null) {
            return known;
        }
        if (!isSeenAlone) {
            isSeenAlone = true;
            return multiples();
        }
        known = multiples().spread(primeOrderPoint());
        spreadMultiples = known;
        return known;
    }

    private CurvePoint primeOrderPoint() {
        if (point == null) {
            throw new IllegalStateException("multiples of a point that is not of prime order");
        }
        return point;
    }
}
