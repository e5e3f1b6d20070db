package synod.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SecretMultiplicationTest {
    @Test
    void multipliesAnyPointByAnyScalar() {
        Random random = new Random(51);
        List<BigInteger> scalars = new ArrayList<>();
        for (int i = 0; i <= 9; i++) {
            scalars.add(BigInteger.valueOf(i));
            scalars.add(ReferencePoint.L.subtract(BigInteger.valueOf(i + 1)));
            scalars.add(new BigInteger(252, random));
        }
        List<ReferencePoint> points = List.of(
                ReferencePoint.BASE,
                ReferencePoint.NEUTRAL,
                ReferencePoint.ORDER_EIGHT,
                ReferencePoint.BASE.times(new BigInteger(250, random)).plus(ReferencePoint.ORDER_EIGHT));
        for (ReferencePoint reference : points) {
            CurvePoint point = new CurvePoint();
            assertThat(point.decodeVar(reference.encode(), 0)).isTrue();
            for (BigInteger scalar : scalars) {
                Scalar reduced = Scalar.reduce(ReferencePoint.littleEndian(scalar), 0, 32);
                assertThat(SecretMultiplication.of(reduced, point).encode())
                        .isEqualTo(reference.times(scalar).encode());
            }
        }
    }
}
