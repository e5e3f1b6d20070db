package synod.node.stratum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WorkRateTest {
    private static final double HASHES = 0x1p32;

    @Test
    void isTheWorkOverTheTimeAlsoSoonAfterTheStart() {
        WorkRate rate = new WorkRate(1_000);
        assertThat(rate.perSecond(1_000)).isZero();
        for (int second = 2; second <= 21; second++) {
            rate.add(0.01, second * 1_000L);
        }
        assertThat(rate.perSecond(21_000)).isCloseTo(0.01 * HASHES, within(0.1 * 0.01 * HASHES));
    }

    @Test
    void forgetsWhatIsLongAgo() {
        WorkRate rate = new WorkRate(0);
        rate.add(1, 0);
        double before = rate.perSecond(60_000);
        assertThat(before).isPositive();
        assertThat(rate.perSecond(1_800_000)).isLessThan(before / 1_000);
    }
}
