package synod.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;

class PointSumTest {
    private static final BigInteger L = ReferencePoint.L;

    private static Scalar scalar(BigInteger value) {
        return Scalar.reduce(ReferencePoint.littleEndian(value), 0, 32);
    }

    private static CurvePoint point(ReferencePoint reference) {
        CurvePoint point = new CurvePoint();
        assertThat(point.decodeVar(reference.encode(), 0)).isTrue();
        return point;
    }

    private static List<BigInteger> scalars() {
        List<BigInteger> scalars = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            scalars.add(BigInteger.valueOf(i));
            scalars.add(L.subtract(BigInteger.valueOf(i + 1)));
        }
        for (int bit = 1; bit < 253; bit += 19) {
            scalars.add(BigInteger.ONE.shiftLeft(bit).subtract(BigInteger.ONE));
        }
        Random random = new Random(31);
        for (int i = 0; i < 20; i++) {
            scalars.add(new BigInteger(252, random));
        }
        return scalars;
    }

    @Test
    void multipliesByAnyScalarWithAnyTable() {
        ReferencePoint reference =
                ReferencePoint.BASE.times(new BigInteger(250, new Random(32))).plus(ReferencePoint.ORDER_EIGHT);
        List<OddMultiples> tables = List.of(
                OddMultiples.of(point(reference), 2),
                OddMultiples.of(point(reference), 5),
                OddMultiples.of(point(reference), 5).spread(point(reference)),
                OddMultiples.spreadAffine(point(reference), 8));
        for (BigInteger scalar : scalars()) {
            byte[] expected = reference.times(scalar).encode();
            for (OddMultiples table : tables) {
                assertThat(new PointSum().plus(scalar(scalar), table).total().encode())
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void multipliesTheBasePointAsTheLibraryDoes() {
        Random random = new Random(33);
        for (int i = 0; i < 200; i++) {
            byte[] seed = new byte[32];
            random.nextBytes(seed);
            byte[] expected = new byte[32];
            Ed25519.generatePublicKey(seed, 0, expected, 0);
            BigInteger secret = ReferencePoint.secretScalar(seed).mod(L);
            assertThat(new PointSum()
                            .plus(scalar(secret), BasePoint.MULTIPLES)
                            .total()
                            .encode())
                    .isEqualTo(expected);
        }
    }

    @Test
    void sumsManyProducts() {
        Random random = new Random(34);
        for (int count = 0; count <= 12; count++) {
            PointSum sum = new PointSum();
            ReferencePoint expected = ReferencePoint.NEUTRAL;
            for (int i = 0; i < count; i++) {
                BigInteger scalar = new BigInteger(i % 3 == 0 ? 128 : 252, random);
                ReferencePoint reference = ReferencePoint.BASE.times(new BigInteger(200, random));
                expected = expected.plus(reference.times(scalar));
                sum.plus(
                        scalar(scalar),
                        i % 2 == 0
                                ? OddMultiples.of(point(reference), 5)
                                : OddMultiples.of(point(reference), 4).spread(point(reference)));
            }
            assertThat(sum.total().encode()).isEqualTo(expected.encode());
        }
    }
}
