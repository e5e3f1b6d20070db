package synod.p2p.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void givesTheBurstAtOnceAndThenTheRate() {
        TokenBucket bucket = new TokenBucket(10, 5, 0);

        for (int i = 0; i < 5; i++) {
            assertThat(bucket.tryTake(1, 0)).isTrue();
        }
        assertThat(bucket.tryTake(1, 0)).isFalse();
        assertThat(bucket.tryTake(1, SECOND / 10 - 1)).isFalse();
        assertThat(bucket.tryTake(1, SECOND / 10)).isTrue();
    }

    @Test
    void neverHoldsMoreThanTheBurst() {
        TokenBucket bucket = new TokenBucket(10, 5, 0);

        assertThat(bucket.tryTake(5, 0)).isTrue();
        assertThat(bucket.tryTake(6, 1_000 * SECOND)).isFalse();
        assertThat(bucket.tryTake(5, 1_000 * SECOND)).isTrue();
    }

    @Test
    void saysExactlyHowLongADebtLasts() {
        TokenBucket bucket = new TokenBucket(10, 5, 0);

        assertThat(bucket.charge(5, 0)).isZero();
        assertThat(bucket.charge(20, 0)).isEqualTo(2 * SECOND);
        assertThat(bucket.charge(0, 2 * SECOND - 1)).isEqualTo(1);
        assertThat(bucket.charge(0, 2 * SECOND)).isZero();
    }

    @Test
    void losesNothingToRoundingWhenAskedOften() {
        TokenBucket bucket = new TokenBucket(3, 3, 0);
        assertThat(bucket.tryTake(3, 0)).isTrue();

        for (long now = 0; now < SECOND; now += 1_000_001) {
            assertThat(bucket.tryTake(3, now)).isFalse();
        }
        assertThat(bucket.tryTake(3, SECOND)).isTrue();
    }

    @Test
    void survivesAClockThatStandsStillOrJumpsFar() {
        TokenBucket bucket = new TokenBucket(1L << 32, 1L << 32, 0);

        assertThat(bucket.charge(1L << 32, 0)).isZero();
        assertThat(bucket.charge(1, -5 * SECOND)).isPositive();
        assertThat(bucket.tryTake(1L << 32, Long.MAX_VALUE / 2)).isTrue();
    }

    @Test
    void refusesBoundsThatWouldOverflow() {
        assertThatThrownBy(() -> new TokenBucket(0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TokenBucket(1, (1L << 32) + 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
