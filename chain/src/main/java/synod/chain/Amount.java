package synod.chain;

import java.math.BigDecimal;

/**
 * A number of coins, in units of 10⁻⁸ coin. Never negative; sums that pass 2⁶³ − 1 units throw.
 *
 * <p>Text form, in every interface, is the decimal number of coins: {@code 5}, {@code 0.00000001}.
 */
public record Amount(long units) implements Comparable<Amount> {
    /** Units in one coin. */
    public static final long UNITS_PER_COIN = 100_000_000;

    /** Nothing. */
    public static final Amount ZERO = new Amount(0);

    private static final int DECIMALS = 8;

    /** Refuses a negative number. */
    public Amount {
        if (units < 0) {
            throw new IllegalArgumentException("an amount is not negative: " + units);
        }
    }

    /** Whole coins. */
    public static Amount ofCoins(long coins) {
        return new Amount(Math.multiplyExact(coins, UNITS_PER_COIN));
    }

    /**
     * Reads a decimal number of coins.
     *
     * @throws IllegalArgumentException if it is no number, negative, finer than a unit or too large; the message says
     *     which
     */
    public static Amount parse(String coins) {
        if (coins.length() > 32 || !coins.matches("[0-9]+(\\.[0-9]+)?")) {
            throw new IllegalArgumentException("'" + coins + "' is not an amount such as 5 or 0.25");
        }
        BigDecimal units = new BigDecimal(coins).movePointRight(DECIMALS);
        if (units.stripTrailingZeros().scale() > 0) {
            throw new IllegalArgumentException("'" + coins + "' has more than " + DECIMALS + " decimals");
        }
        if (units.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("'" + coins + "' is more coins than can exist");
        }
        return new Amount(units.longValueExact());
    }

    /**
     * The sum.
     *
     * @throws ArithmeticException if it does not fit
     */
    public Amount plus(Amount other) {
        return new Amount(Math.addExact(units, other.units));
    }

    /**
     * The difference.
     *
     * @throws IllegalArgumentException if the other is larger
     */
    public Amount minus(Amount other) {
        return new Amount(units - other.units);
    }

    @Override
    public int compareTo(Amount other) {
        return Long.compare(units, other.units);
    }

    @Override
    public String toString() {
        BigDecimal coins = BigDecimal.valueOf(units, DECIMALS).stripTrailingZeros();
        return (coins.scale() < 0 ? coins.setScale(0) : coins).toPlainString();
    }
}
