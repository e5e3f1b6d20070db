package synod.chain.stake;

import java.math.BigInteger;
import java.util.Optional;
import synod.chain.Amount;
import synod.chain.codec.ByteString;
import synod.crypto.VrfProof;

/**
 * The threshold of the lottery, φ(σ) = 1 − (1 − f)^σ for a share σ of the stake ("Ouroboros Praos", section 3.3), as a
 * whole number T of 2⁻¹²⁸: φ(σ) · 2¹²⁸ rounded to the nearest. Who draws an output whose first {@value #BITS} bits, most
 * significant first, are a number below T leads the slot.
 *
 * <p>So the chance of a validator depends on its stake alone, and not on how it is divided: 1 − φ(σ + τ) = (1 − φ(σ)) ·
 * (1 − φ(τ)).
 *
 * <p>T is defined by real numbers and not by an algorithm: it is computed with so many bits that the error provably does
 * not change the rounding, and with twice as many if it might. As f has a small denominator, φ(σ) · 2¹²⁸ never lies
 * exactly half-way, so that ends. Only whole-number arithmetic is used, the same on every machine.
 */
public final class LeaderThreshold {
    /** Bits of an output that count, and after the point of the threshold. */
    public static final int BITS = 128;

    /** Bits after the point at first: 64 more than the result has. */
    private static final int FIRST_PRECISION = BITS + 64;

    private final Ratio activeSlots;
    private final int firstPrecision;
    private final Exponential first;

    /** The threshold where this share of the slots has a leader; more than 0, less than 1. */
    public LeaderThreshold(Ratio activeSlots) {
        this(activeSlots, FIRST_PRECISION);
    }

    LeaderThreshold(Ratio activeSlots, int firstPrecision) {
        if (activeSlots.numerator() == 0 || activeSlots.numerator() == activeSlots.denominator()) {
            throw new IllegalArgumentException("a share of slots between 0 and 1, not " + activeSlots);
        }
        this.activeSlots = activeSlots;
        this.firstPrecision = firstPrecision;
        this.first = exponential(firstPrecision);
    }

    private Exponential exponential(int precision) {
        int idle = activeSlots.denominator() - activeSlots.numerator();
        return new Exponential(precision, activeSlots.denominator(), idle);
    }

    /**
     * T for this share of the stake; from 0 to 2¹²⁸ · f.
     *
     * @throws IllegalArgumentException if the part is more than the whole, or the whole is nothing
     */
    public BigInteger of(Amount stake, Amount total) {
        if (total.equals(Amount.ZERO) || stake.compareTo(total) > 0) {
            throw new IllegalArgumentException("a stake of " + stake + " of " + total);
        }
        if (stake.equals(Amount.ZERO)) {
            return BigInteger.ZERO;
        }
        Optional<BigInteger> rounded = first.complementOfPower(stake.units(), total.units());
        for (int precision = 2 * firstPrecision; rounded.isEmpty(); precision *= 2) {
            rounded = exponential(precision).complementOfPower(stake.units(), total.units());
        }
        return rounded.get();
    }

    /** Whether who drew this output leads. */
    public boolean admits(ByteString output, Amount stake, Amount total) {
        return draw(output).compareTo(of(stake, total)) < 0;
    }

    /** The number that an output of the verifiable random function draws: its first {@value #BITS} bits. */
    public static BigInteger draw(ByteString output) {
        if (output.size() != VrfProof.OUTPUT_LENGTH) {
            throw new IllegalArgumentException("an output of " + output.size() + " bytes");
        }
        return new BigInteger(1, output.bytes(), 0, BITS / Byte.SIZE);
    }

    /**
     * Powers of a fraction b/a below 1, in fixed point with so many bits after the point. Every division rounds down: of
     * each term of the series at most a unit in the last place is lost, and there are fewer terms than bits. With a up to
     * 2¹⁶ the logarithm of 2, on which most depends, counts at most 16 times. So up to a precision of 1,024 bits the result
     * is less than 2¹⁶ units wrong.
     */
    private static final class Exponential {
        private static final int ERROR_BITS = 16;

        private final int precision;
        private final BigInteger one;
        private final BigInteger ln2;
        private final BigInteger ln;

        /** For powers of b/a. */
        Exponential(int precision, int a, int b) {
            this.precision = precision;
            this.one = BigInteger.ONE.shiftLeft(precision);
            this.ln2 = twiceArtanh(1, 3);
            // a/b = 2^k · m with 1 ≤ m < 2, and ln m = 2 artanh((m − 1) / (m + 1)), whose argument is below 1/3.
            int k = 0;
            while ((long) b << (k + 1) <= a) {
                k++;
            }
            long scaled = (long) b << k;
            this.ln = twiceArtanh(a - scaled, a + scaled).add(ln2.multiply(BigInteger.valueOf(k)));
        }

        /** 2 · artanh(n/d) = 2 · Σ (n/d)^(2i + 1) / (2i + 1), for n/d up to 1/3. */
        private BigInteger twiceArtanh(long numerator, long denominator) {
            BigInteger n2 = BigInteger.valueOf(numerator).pow(2);
            BigInteger d2 = BigInteger.valueOf(denominator).pow(2);
            BigInteger power = one.multiply(BigInteger.valueOf(numerator)).divide(BigInteger.valueOf(denominator));
            BigInteger sum = BigInteger.ZERO;
            for (long odd = 1; power.signum() > 0; odd += 2) {
                sum = sum.add(power.divide(BigInteger.valueOf(odd)));
                power = power.multiply(n2).divide(d2);
            }
            return sum.shiftLeft(1);
        }

        /** 1 − (b/a)^(part/whole), times 2¹²⁸, rounded to the nearest; empty if the error leaves open to which. */
        Optional<BigInteger> complementOfPower(long part, long whole) {
            BigInteger exponent = ln.multiply(BigInteger.valueOf(part)).divide(BigInteger.valueOf(whole));
            BigInteger result = one.subtract(reciprocalExp(exponent));
            BigInteger error = BigInteger.ONE.shiftLeft(ERROR_BITS);
            BigInteger low = round(result.subtract(error));
            return low.equals(round(result.add(error))) ? Optional.of(low) : Optional.empty();
        }

        private BigInteger round(BigInteger value) {
            int shift = precision - BITS;
            return value.add(BigInteger.ONE.shiftLeft(shift - 1)).shiftRight(shift);
        }

        /** e^(−x) = 2^(−j) · e^(−r), with x = j · ln 2 + r and 0 ≤ r < ln 2, by the series of e^r's reciprocal. */
        private BigInteger reciprocalExp(BigInteger x) {
            BigInteger[] parts = x.divideAndRemainder(ln2);
            BigInteger r = parts[1];
            BigInteger sum = BigInteger.ZERO;
            BigInteger term = one;
            for (long i = 1; term.signum() > 0; i++) {
                sum = i % 2 == 1 ? sum.add(term) : sum.subtract(term);
                term = term.multiply(r).shiftRight(precision).divide(BigInteger.valueOf(i));
            }
            return sum.shiftRight(parts[0].intValueExact());
        }
    }
}
