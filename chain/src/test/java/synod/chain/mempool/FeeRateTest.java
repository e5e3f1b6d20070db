package synod.chain.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeeRateTest {
    @Test
    void comparesAsExactFractions() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            FeeRate a = random(random);
            FeeRate b = i % 3 == 0 ? new FeeRate(a.fee() + random.nextInt(3), a.bytes()) : random(random);
            BigInteger left = BigInteger.valueOf(a.fee()).multiply(BigInteger.valueOf(b.bytes()));
            BigInteger right = BigInteger.valueOf(b.fee()).multiply(BigInteger.valueOf(a.bytes()));
            assertThat(a.compareTo(b)).as("%s %s", a, b).isEqualTo(left.compareTo(right));
        }
    }

    @Test
    void tellsApartRatesThatDifferByLessThanADoubleCan() {
        FeeRate lower = new FeeRate(Long.MAX_VALUE - 3, 1023);
        FeeRate higher = new FeeRate(Long.MAX_VALUE - 2, 1023);
        assertThat(lower).isLessThan(higher);
        assertThat(new FeeRate(200, 100)).isEqualByComparingTo(new FeeRate(400, 200));
    }

    @Test
    void isWrittenWithTwoDecimals() {
        assertThat(new FeeRate(1999, 1000)).hasToString("1.99");
    }

    private static FeeRate random(Random random) {
        long fee = random.nextLong() >>> 1 + random.nextInt(62);
        return new FeeRate(fee, 1 + random.nextInt(1024));
    }
}
