package synod.node.stratum;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import synod.consensus.pow.CompactBits;

/**
 * What a share of a difficulty must meet. Some miners take difficulty 1 for the target 0xffff · 2²⁰⁸ and others for 2²²⁴,
 * which is 1 in 65,536 greater: this project's server accepts up to the greater one, and its worker submits up to the
 * smaller one.
 */
public final class ShareTarget {
    private static final BigDecimal DIFFICULTY_ONE = new BigDecimal(BigInteger.ONE.shiftLeft(224));
    private static final BigDecimal STRICT_ONE =
            new BigDecimal(BigInteger.valueOf(0xffff).shiftLeft(208));
    private static final BigInteger MAX = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

    private ShareTarget() {}

    /** The greatest number that a hash may be, at this difficulty. */
    static BigInteger of(double difficulty) {
        return target(DIFFICULTY_ONE, difficulty);
    }

    /** The number up to which every server takes a hash, at this difficulty. */
    public static BigInteger strictest(double difficulty) {
        return target(STRICT_ONE, difficulty);
    }

    private static BigInteger target(BigDecimal one, double difficulty) {
        if (!(difficulty > 0) || Double.isInfinite(difficulty)) {
            throw new IllegalArgumentException("a difficulty is positive, not " + difficulty);
        }
        return one.divide(new BigDecimal(difficulty), 0, RoundingMode.FLOOR)
                .toBigInteger()
                .min(MAX);
    }

    /** The difficulty of a block's target: a share need never be harder. */
    static double difficulty(CompactBits bits) {
        return DIFFICULTY_ONE.doubleValue() / bits.target().doubleValue();
    }
}
