package synod.p2p.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(200, 30_000);

    @Test
    void doublesBetweenHalfAndAllAndStopsAtTheCap() {
        Random random = new Random(7);
        for (int failures = 0; failures < 100; failures++) {
            long full = failures > 20 ? 30_000 : Math.min(30_000, 200L << failures);
            assertThat(backoff.delayMillis(failures, random)).isBetween(full / 2, full);
        }
    }

    @Test
    void jitters() {
        Random random = new Random(7);
        long distinct = java.util.stream.LongStream.range(0, 50)
                .map(i -> backoff.delayMillis(10, random))
                .distinct()
                .count();
        assertThat(distinct).isGreaterThan(40);
    }

    @Test
    void doesNotOverflow() {
        Backoff wide = new Backoff(1L << 40, Long.MAX_VALUE / 2);
        assertThat(wide.delayMillis(Integer.MAX_VALUE, new Random(1))).isPositive();
    }
}
