package synod.chain.stake;

import java.math.BigInteger;
import synod.chain.Amount;
import synod.chain.codec.Encoder;

/**
 * An exact fraction from 0 to 1 in lowest terms, so that each has one form.
 *
 * @param numerator not negative
 * @param denominator 1 to {@link #MAX_DENOMINATOR}
 */
public record Ratio(int numerator, int denominator) {
    /** Fine enough for every rule, and small enough that no computation with it needs many digits. */
    public static final int MAX_DENOMINATOR = 1 << 16;

    /** Nothing. */
    public static final Ratio ZERO = new Ratio(0, 1);

    /** Everything. */
    public static final Ratio ONE = new Ratio(1, 1);

    /** Refuses what is no fraction from 0 to 1 in lowest terms. */
    public Ratio {
        if (denominator < 1 || denominator > MAX_DENOMINATOR || numerator < 0 || numerator > denominator) {
            throw new IllegalArgumentException(numerator + "/" + denominator + " is no fraction from 0 to 1 with a"
                    + " denominator up to " + MAX_DENOMINATOR);
        }
        int divisor = BigInteger.valueOf(numerator)
                .gcd(BigInteger.valueOf(denominator))
                .intValueExact();
        if (divisor != 1) {
            throw new IllegalArgumentException(
                    numerator + "/" + denominator + " is written " + numerator / divisor + "/" + denominator / divisor);
        }
    }

    /**
     * Reads the form {@code 1/20}.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static Ratio parse(String text) {
        if (!text.matches("[0-9]{1,6}/[0-9]{1,6}")) {
            throw new IllegalArgumentException("'" + text + "' is not a fraction such as 1/20");
        }
        int slash = text.indexOf('/');
        return new Ratio(Integer.parseInt(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    /** This part of an amount, rounded down to whole units. */
    public Amount of(Amount whole) {
        return new Amount(BigInteger.valueOf(whole.units())
                .multiply(BigInteger.valueOf(numerator))
                .divide(BigInteger.valueOf(denominator))
                .longValueExact());
    }

    /** Appends numerator and denominator as u32. */
    public void encode(Encoder out) {
        out.u32(numerator).u32(denominator);
    }

    @Override
    public String toString() {
        return numerator + "/" + denominator;
    }
}
