package synod.consensus.pow;

import java.math.BigInteger;

/**
 * The difficulty rule {@code aserti3-2d} ("ASERT Difficulty Adjustment Algorithm", Bitcoin Cash specification
 * 2020-11-15): each block's target is the anchor's, times two to the power of how far the chain is behind its schedule,
 * in half-lives.
 *
 * <p>The specification counts seconds; this class counts milliseconds, for networks with blocks every second. The result
 * is the same: time enters only as the ratio of lateness to half-life, and its division truncates the same quotient when
 * both are a thousand times as large. The published vectors pass with every time multiplied by 1,000.
 *
 * @param intervalMillis the ideal time between blocks
 * @param halfLifeMillis so far behind schedule the target doubles; so far ahead it halves
 * @param limit the easiest target that is ever given out
 */
public record Asert(long intervalMillis, long halfLifeMillis, CompactBits limit) {
    private static final int RADIX_BITS = 16;
    private static final int RADIX = 1 << RADIX_BITS;

    /** Beyond so many doublings or halvings of any 256-bit target only the limit, or a target of 1, remains. */
    private static final BigInteger MAX_SHIFTS = BigInteger.valueOf(512);

    /**
     * The target of the block after an evaluation block.
     *
     * @param anchorBits the anchor block's target
     * @param timeDeltaMillis the evaluation block's time minus that of the anchor block's parent
     * @param heightDelta the evaluation block's height minus the anchor block's, not negative
     */
    public CompactBits next(CompactBits anchorBits, long timeDeltaMillis, long heightDelta) {
        BigInteger scheduled = BigInteger.valueOf(intervalMillis)
                .multiply(BigInteger.valueOf(heightDelta).add(BigInteger.ONE));
        BigInteger exponent = BigInteger.valueOf(timeDeltaMillis)
                .subtract(scheduled)
                .shiftLeft(RADIX_BITS)
                .divide(BigInteger.valueOf(halfLifeMillis)); // truncates, as the specification's note 3 demands
        BigInteger wholeShifts = exponent.shiftRight(RADIX_BITS); // floors
        if (wholeShifts.compareTo(MAX_SHIFTS) > 0) {
            return limit;
        }
        if (wholeShifts.compareTo(MAX_SHIFTS.negate()) < 0) {
            return CompactBits.ofTarget(BigInteger.ONE);
        }
        int shifts = wholeShifts.intValueExact();
        long fraction = exponent.longValueExact() - (long) shifts * RADIX;
        BigInteger target = anchorBits
                .target()
                .multiply(BigInteger.valueOf(powerOfTwo(fraction)))
                .shiftLeft(shifts)
                .shiftRight(RADIX_BITS);
        if (target.signum() == 0) {
            return CompactBits.ofTarget(BigInteger.ONE);
        }
        return target.compareTo(limit.target()) > 0 ? limit : CompactBits.ofTarget(target);
    }

    /**
     * 2^(x / 65,536) times 65,536 for 0 ≤ x &lt; 65,536, by the specification's cubic. The sum passes 2⁶³ but not 2⁶⁴,
     * hence the unsigned shift (note 7).
     */
    private static long powerOfTwo(long x) {
        return RADIX + ((195_766_423_245_049L * x + 971_821_376L * x * x + 5_127L * x * x * x + (1L << 47)) >>> 48);
    }
}
