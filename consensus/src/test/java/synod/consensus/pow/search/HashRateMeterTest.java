package synod.consensus.pow.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HashRateMeterTest {
    private static final long SECOND = 1_000_000_000;
    private static final long START = -5 * SECOND;

    private final HashRateMeter meter = new HashRateMeter(START);

    @Test
    void tellsTheRateFromTheFirstMomentOn() {
        assertThat(meter.perSecond(START)).isZero();
        meter.add(500, START + SECOND / 2);
        assertThat(meter.perSecond(START + SECOND / 2)).isEqualTo(1_000);
    }

    @Test
    void tellsTheRateOfTheLastSecondsOnly() {
        for (int i = 1; i <= 600; i++) {
            meter.add(100, START + i * SECOND / 10); // 1,000 a second for a minute
        }
        for (int i = 601; i <= 900; i++) {
            meter.add(300, START + i * SECOND / 10); // 3,000 a second for half a minute
        }
        assertThat(meter.perSecond(START + 90 * SECOND)).isCloseTo(3_000, within(60.0));
        assertThat(meter.total()).isEqualTo(60_000 + 90_000);
    }

    @Test
    void fallsToNothingAfterAPause() {
        meter.add(1_000_000, START + SECOND);
        assertThat(meter.perSecond(START + 1_000 * SECOND)).isZero();
        assertThat(meter.total()).isEqualTo(1_000_000);
    }
}
