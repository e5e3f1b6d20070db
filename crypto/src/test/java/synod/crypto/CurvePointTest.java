package synod.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;

class CurvePointTest {
    /** The eight points of small order, and a few random points with each of them added. */
    private static List<ReferencePoint> points() {
        List<ReferencePoint> points = new ArrayList<>();
        Random random = new Random(21);
        ReferencePoint[] from = {
            ReferencePoint.NEUTRAL,
            ReferencePoint.BASE,
            ReferencePoint.BASE.negated(),
            ReferencePoint.BASE.times(new BigInteger(252, random))
        };
        for (ReferencePoint start : from) {
            ReferencePoint point = start;
            for (int i = 0; i < 8; i++) {
                points.add(point);
                point = point.plus(ReferencePoint.ORDER_EIGHT);
            }
        }
        return points;
    }

    private static CurvePoint point(ReferencePoint reference) {
        CurvePoint point = new CurvePoint();
        assertThat(point.decodeVar(reference.encode(), 0)).isTrue();
        return point;
    }

    @Test
    void addsAndDoublesAnyTwoPoints() {
        for (ReferencePoint a : points()) {
            CurvePoint twice = point(a);
            twice.becomeDouble();
            assertThat(twice.encode()).isEqualTo(a.plus(a).encode());
            twice.becomeNegative();
            assertThat(twice.encode()).isEqualTo(a.plus(a).negated().encode());
            twice.add(point(a).toAddend());
            assertThat(twice.encode()).isEqualTo(a.negated().encode());
            for (ReferencePoint b : points()) {
                CurvePoint sum = point(a);
                sum.add(point(b).toAddend());
                assertThat(sum.encode()).isEqualTo(a.plus(b).encode());
                CurvePoint difference = point(a);
                difference.subtract(point(b).toAddend());
                assertThat(difference.encode()).isEqualTo(a.plus(b.negated()).encode());
                assertThat(difference.isNeutralVar()).isEqualTo(a.equals(b));
                // Twice a sum, so that neither has a Z of one.
                sum.becomeDouble();
                Addend addend = sum.toAddend();
                sum.add(addend);
                assertThat(sum.encode())
                        .isEqualTo(a.plus(b).times(BigInteger.valueOf(4)).encode());
            }
        }
    }

    @Test
    void theCofactorTakesComponentsOfSmallOrderAway() {
        for (ReferencePoint a : points()) {
            CurvePoint multiple = point(a);
            multiple.becomeCofactorMultiple();
            assertThat(multiple.encode())
                    .isEqualTo(a.times(BigInteger.valueOf(8)).encode());
        }
    }

    @Test
    void decodesWhatTheLibraryDecodes() {
        Random random = new Random(22);
        int decoded = 0;
        for (int i = 0; i < 4000; i++) {
            byte[] bytes = new byte[40];
            random.nextBytes(bytes);
            CurvePoint point = new CurvePoint();
            boolean isPoint = point.decodeVar(bytes, 8);
            assertThat(isPoint).isEqualTo(Ed25519.validatePublicKeyPartial(bytes, 8));
            if (isPoint) {
                decoded++;
                byte[] same = new byte[32];
                System.arraycopy(bytes, 8, same, 0, 32);
                assertThat(point.encode()).isEqualTo(same);
            }
        }
        assertThat(decoded).isBetween(1800, 2200);
    }

    @Test
    void decodesNoEncodingButTheCanonicalOne() {
        for (int above = 0; above < 19; above++) {
            byte[] encoded = ReferencePoint.littleEndian(ReferencePoint.P.add(BigInteger.valueOf(above)));
            assertThat(new CurvePoint().decodeVar(encoded, 0)).isFalse();
        }
        // x is zero for y = ±1, and zero has no sign.
        for (BigInteger y : List.of(BigInteger.ONE, ReferencePoint.P.subtract(BigInteger.ONE))) {
            assertThat(new CurvePoint().decodeVar(ReferencePoint.littleEndian(y), 0))
                    .isTrue();
            assertThat(new CurvePoint().decodeVar(ReferencePoint.littleEndian(y.setBit(255)), 0))
                    .isFalse();
        }
    }
}
