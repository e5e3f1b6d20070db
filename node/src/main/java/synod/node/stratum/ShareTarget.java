package synod.node.stratum;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import synod.consensus.pow.CompactBits;

/**
 * What a share of a difficulty must meet. Some miners take difficulty 1 for the target 0xffff · 2²⁰⁸ and others for 2²²⁴,
 * which is 1 in 65,536 greater: the greater one is accepted.
 */
final class ShareTarget {
    private static final BigDecimal DIFFICULTY_ONE = new BigDecimal(BigInteger.ONE.shiftLeft(224));
    private static final BigInteger MAX = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

    private ShareTarget() {}

    /** The greatest number that a hash may be, at this difficulty. */
    static BigInteger of(double difficulty) {
        if (!(difficulty > 0) || Double.isInfinite(difficulty)) {
            throw new IllegalArgumentException("a difficulty is positive, not " + difficulty);
        }
        return DIFFICULTY_ONE
                .divide(new BigDecimal(difficulty), 0, RoundingMode.FLOOR)
                .toBigInteger()
                .min(MAX);
    }

    /** The difficulty of a block's target: a share need never be harder. */
    static double difficulty(CompactBits bits) {
        return DIFFICULTY_ONE.doubleValue() / bits.target().doubleValue();
    }
}
