package synod.chain.stake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import synod.chain.Amount;
import synod.chain.codec.ByteString;

class LeaderThresholdTest {
    private static final BigInteger ONE = BigInteger.ONE.shiftLeft(LeaderThreshold.BITS);
    private static final MathContext DIGITS = new MathContext(110);

    @Test
    void agreesWithAHighPrecisionReferenceToTheLastUnit() {
        Random random = new Random(1);
        for (int i = 0; i < 400; i++) {
            Ratio f = ratio(random);
            long total = 1 + (random.nextLong() >>> 1 + random.nextInt(62));
            long stake = random.nextLong(total) + 1;
            assertThat(of(f, stake, total))
                    .as("f = %s, %d of %d", f, stake, total)
                    .isEqualTo(reference(f, stake, total));
        }
    }

    @Test
    void agreesWithTheReferenceAtTheEnds() {
        for (Ratio f : new Ratio[] {new Ratio(1, 65_536), new Ratio(65_535, 65_536), new Ratio(1, 20)}) {
            for (long stake : new long[] {1, 2, Long.MAX_VALUE / 2, Long.MAX_VALUE - 1}) {
                assertThat(of(f, stake, Long.MAX_VALUE)).isEqualTo(reference(f, stake, Long.MAX_VALUE));
            }
        }
    }

    @Test
    void isNothingWithoutStakeAndTheShareOfSlotsWithAllOfIt() {
        Random random = new Random(2);
        for (int i = 0; i < 100; i++) {
            Ratio f = ratio(random);
            long total = 1 + (random.nextLong() >>> 1);
            assertThat(of(f, 0, total)).isZero();
            assertThat(of(f, total, total))
                    .isEqualTo(rounded(
                            BigDecimal.valueOf(f.numerator()).divide(BigDecimal.valueOf(f.denominator()), DIGITS)));
        }
    }

    @Test
    void isExactWhereThePowerIsRational() {
        assertThat(of(new Ratio(1, 2), 1, 1)).isEqualTo(ONE.shiftRight(1));
        assertThat(of(new Ratio(3, 4), 1, 2)).isEqualTo(ONE.shiftRight(1));
        assertThat(of(new Ratio(7, 8), 10, 30)).isEqualTo(ONE.shiftRight(1));
        assertThat(of(new Ratio(15, 16), 1, 2)).isEqualTo(ONE.shiftRight(2).multiply(BigInteger.valueOf(3)));
    }

    @Test
    void neverFallsAsTheStakeRises() {
        LeaderThreshold threshold = new LeaderThreshold(new Ratio(1, 20));
        Random random = new Random(3);
        for (long total : new long[] {1_000, Long.MAX_VALUE}) {
            for (int i = 0; i < 300; i++) {
                long stake = random.nextLong(total);
                assertThat(threshold.of(new Amount(stake + 1), new Amount(total)))
                        .isGreaterThanOrEqualTo(threshold.of(new Amount(stake), new Amount(total)));
            }
        }
        assertThat(threshold.of(new Amount(501), new Amount(1_000)))
                .isGreaterThan(threshold.of(new Amount(500), new Amount(1_000)));
    }

    @Test
    void dividingTheStakeGainsNothing() {
        // 1 − φ(σ + τ) = (1 − φ(σ))(1 − φ(τ)), here within the rounding
        BigInteger whole = ONE.subtract(of(new Ratio(1, 5), 30, 100));
        BigInteger parts = ONE.subtract(of(new Ratio(1, 5), 10, 100))
                .multiply(ONE.subtract(of(new Ratio(1, 5), 20, 100)))
                .shiftRight(LeaderThreshold.BITS);
        assertThat(whole.subtract(parts).abs()).isLessThan(BigInteger.valueOf(4));
    }

    @Test
    void doesNotDependOnThePrecisionThatItBeginsWith() {
        // With two bits after the result's, nothing can be rounded: every computation is done anew with more.
        LeaderThreshold hasty = new LeaderThreshold(new Ratio(1, 3), LeaderThreshold.BITS + 2);
        LeaderThreshold lavish = new LeaderThreshold(new Ratio(1, 3), 700);
        Random random = new Random(4);
        for (int i = 0; i < 50; i++) {
            Amount total = new Amount(1 + (random.nextLong() >>> 1));
            Amount stake = new Amount(random.nextLong(total.units()));
            assertThat(hasty.of(stake, total))
                    .isEqualTo(of(new Ratio(1, 3), stake.units(), total.units()))
                    .isEqualTo(lavish.of(stake, total));
        }
    }

    @Test
    void admitsOutputsWhoseFirstBitsAreBelowTheThreshold() {
        LeaderThreshold threshold = new LeaderThreshold(new Ratio(1, 2));
        Amount all = new Amount(7);
        assertThat(threshold.admits(output(0x7f, 0xff), all, all)).isTrue();
        assertThat(threshold.admits(output(0x80, 0x00), all, all)).isFalse();
        assertThat(threshold.admits(output(0x00, 0x00), Amount.ZERO, all)).isFalse();
        assertThat(LeaderThreshold.draw(output(0x80, 0xff))).isEqualTo(ONE.shiftRight(1));
    }

    @Test
    void refusesMoreThanTheWhole() {
        assertThatIllegalArgumentException().isThrownBy(() -> of(new Ratio(1, 2), 2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> of(new Ratio(1, 2), 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new LeaderThreshold(Ratio.ONE));
    }

    /** 64 bytes: the first one, zeros up to the sixteenth, then the rest. */
    private static ByteString output(int first, int rest) {
        byte[] bytes = new byte[64];
        java.util.Arrays.fill(bytes, 16, 64, (byte) rest);
        if (first == 0x7f) {
            java.util.Arrays.fill(bytes, 1, 16, (byte) 0xff);
        }
        bytes[0] = (byte) first;
        return ByteString.of(bytes);
    }

    private static BigInteger of(Ratio f, long stake, long total) {
        return new LeaderThreshold(f).of(new Amount(stake), new Amount(total));
    }

    private static Ratio ratio(Random random) {
        int denominator = 2 + random.nextInt(Ratio.MAX_DENOMINATOR - 1);
        int numerator = 1 + random.nextInt(denominator - 1);
        int divisor = BigInteger.valueOf(numerator)
                .gcd(BigInteger.valueOf(denominator))
                .intValueExact();
        return new Ratio(numerator / divisor, denominator / divisor);
    }

    /** By other means: decimal, logarithm by square roots, exponential by squaring. */
    private static BigInteger reference(Ratio f, long stake, long total) {
        BigDecimal idle =
                BigDecimal.valueOf(f.denominator() - f.numerator()).divide(BigDecimal.valueOf(f.denominator()), DIGITS);
        BigDecimal exponent =
                ln(idle).multiply(BigDecimal.valueOf(stake), DIGITS).divide(BigDecimal.valueOf(total), DIGITS);
        return rounded(BigDecimal.ONE.subtract(exp(exponent), DIGITS));
    }

    private static BigInteger rounded(BigDecimal phi) {
        return phi.multiply(new BigDecimal(ONE))
                .setScale(0, RoundingMode.HALF_UP)
                .toBigIntegerExact();
    }

    private static BigDecimal ln(BigDecimal x) {
        int roots = 40;
        BigDecimal root = x;
        for (int i = 0; i < roots; i++) {
            root = root.sqrt(DIGITS);
        }
        BigDecimal y = root.subtract(BigDecimal.ONE);
        BigDecimal power = y;
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 1; i < 12; i++) {
            BigDecimal term = power.divide(BigDecimal.valueOf(i), DIGITS);
            sum = i % 2 == 1 ? sum.add(term) : sum.subtract(term);
            power = power.multiply(y, DIGITS);
        }
        return sum.multiply(BigDecimal.TWO.pow(roots));
    }

    private static BigDecimal exp(BigDecimal x) {
        int squarings = 40;
        BigDecimal small = x.divide(BigDecimal.TWO.pow(squarings), DIGITS);
        BigDecimal term = BigDecimal.ONE;
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 1; i < 14; i++) {
            sum = sum.add(term);
            term = term.multiply(small, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
        }
        for (int i = 0; i < squarings; i++) {
            sum = sum.multiply(sum, DIGITS);
        }
        return sum;
    }
}
