package synod.chain.mempool;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A fee per byte, compared exactly: as the fraction that it is.
 *
 * @param fee in units, not negative
 * @param bytes encoded size, at least 1 and small enough that its square fits a long
 */
record FeeRate(long fee, int bytes) implements Comparable<FeeRate> {
    /** Whole parts first, then the remainders over a common denominator: no product can overflow. */
    @Override
    public int compareTo(FeeRate other) {
        int whole = Long.compare(fee / bytes, other.fee / other.bytes);
        return whole != 0 ? whole : Long.compare(fee % bytes * other.bytes, other.fee % other.bytes * bytes);
    }

    /** The rate with two decimals, rounded down. */
    @Override
    public String toString() {
        return BigDecimal.valueOf(fee)
                .divide(BigDecimal.valueOf(bytes), 2, RoundingMode.DOWN)
                .toPlainString();
    }
}
