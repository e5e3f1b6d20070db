package synod.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScalarTest {
    private static final BigInteger L = ReferencePoint.L;

    private static byte[] littleEndian(BigInteger value, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = value.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    private static Scalar scalar(BigInteger value) {
        return Scalar.reduce(littleEndian(value, 64), 0, 64);
    }

    private static BigInteger value(Scalar scalar) {
        return ReferencePoint.littleEndian(scalar.encode());
    }

    /** Numbers around multiples of the order and powers of two, and random ones; each below 2⁵¹². */
    private static List<BigInteger> numbers() {
        List<BigInteger> numbers = new ArrayList<>();
        for (int i = -3; i <= 3; i++) {
            for (int multiple = 1; multiple <= 17; multiple += 4) {
                numbers.add(L.multiply(BigInteger.valueOf(multiple)).add(BigInteger.valueOf(i)));
            }
            for (int bit : new int[] {32, 64, 128, 252, 253, 256, 288, 511}) {
                numbers.add(BigInteger.TWO.pow(bit).add(BigInteger.valueOf(i)));
            }
        }
        BigInteger most = BigInteger.TWO.pow(512).subtract(BigInteger.ONE);
        numbers.addAll(
                List.of(BigInteger.ZERO, BigInteger.ONE, most, most.divide(L).multiply(L)));
        numbers.add(most.divide(L).multiply(L).subtract(BigInteger.ONE));
        Random random = new Random(13);
        for (int i = 0; i < 100; i++) {
            numbers.add(new BigInteger(512, random));
        }
        return numbers;
    }

    @Test
    void reducesWhatever64BytesHold() {
        for (BigInteger number : numbers()) {
            assertThat(value(scalar(number))).isEqualTo(number.mod(L));
        }
        assertThat(value(Scalar.reduce(littleEndian(BigInteger.TWO.pow(128), 48), 16, 16)))
                .isEqualTo(BigInteger.ONE);
    }

    @Test
    void addsMultipliesAndNegatesAsWholeNumbersDo() {
        for (BigInteger a : numbers()) {
            assertThat(value(scalar(a).negated())).isEqualTo(a.negate().mod(L));
            for (BigInteger b : numbers()) {
                assertThat(value(scalar(a).plus(scalar(b)))).isEqualTo(a.add(b).mod(L));
                assertThat(value(scalar(a).times(scalar(b))))
                        .isEqualTo(a.multiply(b).mod(L));
            }
        }
    }

    @Test
    void onlyNumbersBelowTheOrderAreCanonical() {
        for (BigInteger number : numbers()) {
            if (number.bitLength() <= 256) {
                assertThat(Scalar.isCanonicalVar(littleEndian(number, 32), 0)).isEqualTo(number.compareTo(L) < 0);
            }
        }
    }

    @Test
    void signedDigitsOfEveryWidthSayTheSameNumberAndAreSparse() {
        for (BigInteger number : numbers()) {
            for (int width = 2; width <= 8; width++) {
                byte[] digits = scalar(number).signedDigitsVar(width);
                BigInteger sum = BigInteger.ZERO;
                int last = -width;
                for (int i = 0; i < digits.length; i++) {
                    if (digits[i] != 0) {
                        assertThat(digits[i] & 1).isOne();
                        assertThat(Math.abs(digits[i])).isLessThan(1 << width - 1);
                        assertThat(i - last).isGreaterThanOrEqualTo(width);
                        last = i;
                        sum = sum.add(BigInteger.valueOf(digits[i]).shiftLeft(i));
                    }
                }
                assertThat(sum).isEqualTo(number.mod(L));
            }
        }
    }

    @Test
    void signedNibblesSayTheSameNumber() {
        for (BigInteger number : numbers()) {
            byte[] digits = scalar(number).signedNibbles();
            BigInteger sum = BigInteger.ZERO;
            for (int i = 0; i < digits.length; i++) {
                assertThat((int) digits[i]).isBetween(-8, 8);
                sum = sum.add(BigInteger.valueOf(digits[i]).shiftLeft(4 * i));
            }
            assertThat(sum).isEqualTo(number.mod(L));
            assertThat(Arrays.equals(digits, scalar(number.mod(L)).signedNibbles()))
                    .isTrue();
        }
    }
}
