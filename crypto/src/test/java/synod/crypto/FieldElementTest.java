package synod.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FieldElementTest {
    private static final BigInteger P = ReferencePoint.P;

    /** Numbers near the ends of the field and of each limb, and random ones; each below 2²⁵⁵. */
    private static List<BigInteger> numbers() {
        List<BigInteger> numbers = new ArrayList<>();
        for (int i = -20; i <= 20; i++) {
            for (int limb = 51; limb <= 255; limb += 51) {
                BigInteger near = BigInteger.TWO.pow(limb).add(BigInteger.valueOf(i));
                if (near.bitLength() <= 255) {
                    numbers.add(near);
                }
            }
            if (i >= 0) {
                numbers.add(BigInteger.valueOf(i));
            }
        }
        Random random = new Random(11);
        for (int i = 0; i < 40; i++) {
            numbers.add(new BigInteger(255, random));
        }
        return numbers;
    }

    private static FieldElement element(BigInteger value) {
        return new FieldElement().decode(ReferencePoint.littleEndian(value), 0);
    }

    private static BigInteger value(FieldElement element) {
        byte[] encoded = new byte[FieldElement.ENCODED_LENGTH];
        element.encode(encoded, 0);
        return ReferencePoint.littleEndian(encoded);
    }

    @Test
    void encodesTheRepresentativeBelowTheFieldPrime() {
        for (BigInteger number : numbers()) {
            assertThat(value(element(number))).isEqualTo(number.mod(P));
            assertThat(element(number).sign()).isEqualTo(number.mod(P).testBit(0) ? 1 : 0);
            assertThat(element(number).isZeroVar()).isEqualTo(number.mod(P).signum() == 0);
        }
    }

    @Test
    void addsSubtractsAndMultipliesAsWholeNumbersDo() {
        FieldElement result = new FieldElement();
        for (BigInteger a : numbers()) {
            for (BigInteger b : numbers()) {
                result.setSum(element(a), element(b));
                assertThat(value(result)).isEqualTo(a.add(b).mod(P));
                result.setDifference(element(a), element(b));
                assertThat(value(result)).isEqualTo(a.subtract(b).mod(P));
                result.setProduct(element(a), element(b));
                assertThat(value(result)).isEqualTo(a.multiply(b).mod(P));
                assertThat(element(a).equalsVar(element(b))).isEqualTo(a.mod(P).equals(b.mod(P)));
            }
            result.setNegation(element(a));
            assertThat(value(result)).isEqualTo(a.negate().mod(P));
            result.setSquare(element(a));
            assertThat(value(result)).isEqualTo(a.multiply(a).mod(P));
            result.setSquare(element(a), 5);
            assertThat(value(result)).isEqualTo(a.modPow(BigInteger.valueOf(32), P));
        }
    }

    @Test
    void multipliesSumsAndDifferencesThatWereNotCarried() {
        // The largest factors that are promised: limbs just below 2⁵³, of either sign.
        List<FieldElement> factors = new ArrayList<>();
        List<BigInteger> values = new ArrayList<>();
        BigInteger full = BigInteger.TWO.pow(255).subtract(BigInteger.ONE);
        for (int copies = -3; copies <= 3; copies++) {
            FieldElement factor = new FieldElement();
            for (int i = 0; i < Math.abs(copies); i++) {
                if (copies < 0) {
                    factor.setDifference(factor, element(full));
                } else {
                    factor.setSum(factor, element(full));
                }
            }
            factors.add(factor);
            values.add(full.multiply(BigInteger.valueOf(copies)));
        }
        for (int i = 0; i < factors.size(); i++) {
            FieldElement square = new FieldElement();
            square.setSquare(factors.get(i));
            assertThat(value(square)).isEqualTo(values.get(i).pow(2).mod(P));
            for (int j = 0; j < factors.size(); j++) {
                FieldElement product = new FieldElement();
                product.setProduct(factors.get(i), factors.get(j));
                assertThat(value(product))
                        .isEqualTo(values.get(i).multiply(values.get(j)).mod(P));
            }
        }
    }

    @Test
    void mayWriteToItsOwnArguments() {
        for (BigInteger number : numbers()) {
            FieldElement element = element(number);
            element.setProduct(element, element);
            element.setSum(element, element);
            element.setSquare(element);
            element.setInverse(element);
            assertThat(value(element))
                    .isEqualTo(number.pow(4).multiply(BigInteger.valueOf(4)).modPow(P.subtract(BigInteger.TWO), P));
        }
    }

    @Test
    void findsTheRootOfARatioWhereThereIsOne() {
        Random random = new Random(12);
        int roots = 0;
        for (int i = 0; i < 400; i++) {
            BigInteger u = new BigInteger(255, random).mod(P);
            BigInteger v = new BigInteger(255, random).mod(P);
            BigInteger ratio = u.multiply(v.modInverse(P)).mod(P);
            boolean isSquare = ratio.modPow(P.shiftRight(1), P).equals(BigInteger.ONE);
            FieldElement root = new FieldElement();
            assertThat(root.setRootOfRatioVar(element(u), element(v))).isEqualTo(isSquare);
            FieldElement inPlace = element(u);
            assertThat(inPlace.setRootOfRatioVar(inPlace, element(v))).isEqualTo(isSquare);
            if (isSquare) {
                roots++;
                assertThat(value(root).pow(2).mod(P)).isEqualTo(ratio);
                assertThat(value(inPlace).pow(2).mod(P)).isEqualTo(ratio);
            }
        }
        assertThat(roots).isBetween(150, 250);
        FieldElement zero = new FieldElement();
        assertThat(zero.setRootOfRatioVar(FieldElement.of(0), FieldElement.of(7)))
                .isTrue();
        assertThat(zero.isZeroVar()).isTrue();
    }

    @Test
    void takesOverAnotherOnlyWhereTheMaskSaysSo() {
        FieldElement a = element(numbers().get(3));
        FieldElement b = element(BigInteger.valueOf(-5).mod(P));
        a.setIf(0, b);
        assertThat(value(a)).isEqualTo(numbers().get(3).mod(P));
        a.setIf(-1, b);
        assertThat(value(a)).isEqualTo(BigInteger.valueOf(-5).mod(P));
    }
}
