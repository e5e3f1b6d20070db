package synod.consensus.pow.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HashRateLimiterTest {
    private static final long SECOND = 1_000_000_000;

    private final HashRateLimiter limiter = new HashRateLimiter(50_000);

    @Test
    void allowsExactlyTheRateToOneCallerThatWaitsAsTold() {
        long now = 77;
        long hashes = 0;
        while (now < 77 + 100 * SECOND) {
            now += limiter.reserve(1_000, now);
            hashes += 1_000;
        }
        assertThat(hashes).isBetween(100L * 50_000, 100L * 50_000 + 1_000);
    }

    @Test
    void spreadsHashesEvenly() {
        limiter.reserve(1_000, 0);
        assertThat(limiter.reserve(1_000, 0)).isEqualTo(20_000_000);
        assertThat(limiter.reserve(1_000, 20_000_000)).isEqualTo(20_000_000);
        assertThat(limiter.reserve(500, 40_000_000)).isEqualTo(20_000_000);
        assertThat(limiter.reserve(500, 60_000_000)).isEqualTo(10_000_000);
    }

    @Test
    void holdsTheRateForSeveralCallersThatWakeLate() {
        Random random = new Random(3);
        long[] ready = new long[4];
        long hashes = 0;
        while (true) {
            int next = 0;
            for (int i = 1; i < ready.length; i++) {
                next = ready[i] < ready[next] ? i : next;
            }
            if (ready[next] >= 60 * SECOND) {
                break;
            }
            long lateNanos = random.nextInt(3_000_000);
            ready[next] += limiter.reserve(1_000, ready[next]) + lateNanos;
            hashes += 1_000;
        }
        assertThat(hashes).isBetween(60L * 49_500, 60L * 50_000 + 4_000);
    }

    @Test
    void givesNoBurstAfterAPause() {
        limiter.reserve(1_000, 0);
        long afterPause = 3_600 * SECOND;
        long free = 0;
        while (limiter.reserve(100, afterPause) == 0) {
            free += 100;
        }
        assertThat(free).isEqualTo(50_000 * HashRateLimiter.MAX_CREDIT_NANOS / SECOND + 100);
    }

    @Test
    void copesWithClocksOfAnyOrigin() {
        long nearTheEnd = Long.MAX_VALUE - 10_000_000;
        assertThat(limiter.reserve(1_000, nearTheEnd)).isZero();
        assertThat(limiter.reserve(1_000, nearTheEnd)).isEqualTo(20_000_000);
        assertThat(limiter.reserve(1_000, nearTheEnd + 20_000_000)).isEqualTo(20_000_000);
    }

    @Test
    void refusesARateOfNothing() {
        assertThatThrownBy(() -> new HashRateLimiter(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
