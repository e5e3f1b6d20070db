package synod.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;

class PrimeOrderSubgroupTest {
    @Test
    void ofTheEightPointsThatDifferByTorsionOnlyOneIsIn() {
        ReferencePoint step = ReferencePoint.BASE.times(new BigInteger(250, new Random(3)));
        ReferencePoint point = step;
        for (int i = 0; i < 150; i++) {
            ReferencePoint shifted = point;
            for (int torsion = 0; torsion < 8; torsion++) {
                assertThat(PrimeOrderSubgroup.containsVar(shifted.encode(), 0)).isEqualTo(torsion == 0);
                assertThat(PrimeOrderSubgroup.containsVar(shifted.negated().encode(), 0))
                        .isEqualTo(torsion == 0);
                shifted = shifted.plus(ReferencePoint.ORDER_EIGHT);
            }
            point = point.plus(step);
        }
    }

    @Test
    void thePointsOfSmallOrderAreOut() {
        ReferencePoint small = ReferencePoint.NEUTRAL;
        for (int i = 0; i < 8; i++) {
            assertThat(small.hasPrimeOrder()).isFalse();
            assertThat(PrimeOrderSubgroup.containsVar(small.encode(), 0)).isFalse();
            small = small.plus(ReferencePoint.ORDER_EIGHT);
        }
        assertThat(small).isEqualTo(ReferencePoint.NEUTRAL);
    }

    @Test
    void agreesWithMultiplicationByTheGroupOrder() {
        assertThat(ReferencePoint.BASE.hasPrimeOrder()).isTrue();
        assertThat(PrimeOrderSubgroup.containsVar(ReferencePoint.BASE.encode(), 0))
                .isTrue();
        Random random = new Random(4);
        int members = 0;
        for (int i = 0; i < 4000; i++) {
            byte[] bytes = new byte[40];
            random.nextBytes(bytes);
            boolean expected = Ed25519.validatePublicKeyFull(bytes, 8);
            assertThat(PrimeOrderSubgroup.containsVar(bytes, 8)).isEqualTo(expected);
            members += expected ? 1 : 0;
        }
        // One in two is on the curve, and one in eight of those in the subgroup.
        assertThat(members).isBetween(180, 320);
    }

    @Test
    void numbersNearTheEndsOfTheFieldAreRead() {
        for (int i = 0; i < 300; i++) {
            for (BigInteger y : new BigInteger[] {
                BigInteger.valueOf(i),
                ReferencePoint.P.subtract(BigInteger.valueOf(i)),
                BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(i + 1))
            }) {
                byte[] encoded = ReferencePoint.littleEndian(y);
                assertThat(PrimeOrderSubgroup.containsVar(encoded, 0))
                        .as("y = %s", y)
                        .isEqualTo(Ed25519.validatePublicKeyFull(encoded, 0));
                assertThat(PrimeOrderSubgroup.isCanonical(encoded, 0)).isEqualTo(y.compareTo(ReferencePoint.P) < 0);
            }
        }
    }
}
