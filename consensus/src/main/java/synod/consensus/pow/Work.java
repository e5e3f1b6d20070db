package synod.consensus.pow;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** How much work a target stands for. */
public final class Work {
    private static final BigInteger HASHES = BigInteger.ONE.shiftLeft(256);
    private static final BigInteger DIFFICULTY_ONE = new CompactBits(0x1d00ffff).target();

    private Work() {}

    /** The number of hashes that it takes on average to meet the target: 2²⁵⁶ / (target + 1), rounded down. */
    public static BigInteger of(CompactBits bits) {
        return HASHES.divide(bits.target().add(BigInteger.ONE));
    }

    /** Bitcoin's figure for people: how many times harder than the target 0x1d00ffff, to seven digits. */
    public static BigDecimal difficulty(CompactBits bits) {
        return new BigDecimal(DIFFICULTY_ONE).divide(new BigDecimal(bits.target()), MathContext.DECIMAL32);
    }
}
