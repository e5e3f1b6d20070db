package synod.node.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VardiffTest {
    @ParameterizedTest
    @ValueSource(doubles = {2e5, 2e6, 3e7, 1e9, 1e12, 1e14})
    void bringsAMinerOfAnySpeedToAShareEveryFewSeconds(double hashesPerSecond) {
        Random random = new Random(4);
        Vardiff vardiff = new Vardiff(StratumPool.FIRST_DIFFICULTY, 0);
        int lateShares = 0;
        double shareMillis = 0;
        long hourMillis = 3_600_000;
        for (long now = 0; now < hourMillis; now += 50) {
            while (shareMillis <= now) {
                double meanMillis = vardiff.difficulty() * 0x1p32 / hashesPerSecond * 1_000;
                shareMillis += -Math.log(1 - random.nextDouble()) * meanMillis;
                vardiff.share();
                lateShares += now > hourMillis / 2 ? 1 : 0;
                vardiff.adjust(now);
            }
            vardiff.adjust(now);
        }
        assertThat(lateShares * 1.0 * Vardiff.TARGET_MILLIS / (hourMillis / 2)).isBetween(0.35, 3.0);
    }

    @Test
    void goesDownForAMinerThatFindsNothing() {
        Vardiff vardiff = new Vardiff(1e6, 0);
        assertThat(vardiff.adjust(39_000)).isFalse();
        assertThat(vardiff.adjust(41_000)).isTrue();
        assertThat(vardiff.difficulty()).isLessThan(1e6 / 8);
    }
}
