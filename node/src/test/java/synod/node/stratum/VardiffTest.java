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
                vardiff.share(vardiff.difficulty());
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

    @Test
    void neverGoesAboveTheBlocksDifficultyHoweverManySharesCome() {
        Vardiff vardiff = new Vardiff(1, 0);
        vardiff.within(new DifficultyRange(0.5, 16));
        for (long now = 0; now < 100_000; now += 100) {
            vardiff.share(vardiff.difficulty());
            vardiff.adjust(now);
        }
        assertThat(vardiff.difficulty()).isEqualTo(16);
        for (long now = 100_000; now < 1_000_000; now += 1_000) {
            vardiff.adjust(now);
        }
        assertThat(vardiff.difficulty()).isEqualTo(0.5);
    }

    @Test
    void countsSharesOfEarlierJobsByTheirOwnRating() {
        Vardiff vardiff = new Vardiff(1, 0);
        for (int i = 0; i < 8; i++) {
            vardiff.share(1);
        }
        assertThat(vardiff.adjust(1_000)).isTrue();
        double raised = vardiff.difficulty();
        assertThat(raised).isEqualTo(32);
        // eight times as many of them a second are the same work: no reason to rise again
        for (long now = 1_000; now < 10_000; now += 125) {
            vardiff.share(1);
            assertThat(vardiff.adjust(now)).isFalse();
        }
    }

    @Test
    void isNotMisledBySharesThatComeAllAtOnce() {
        Vardiff vardiff = new Vardiff(1, 0);
        for (int i = 0; i < 24; i++) {
            vardiff.share(1);
            vardiff.adjust(120_000);
        }
        assertThat(vardiff.difficulty()).isLessThanOrEqualTo(1);
    }
}
