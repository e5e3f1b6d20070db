package synod.node.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PoolPaymentsTest {
    private final AtomicInteger rounds = new AtomicInteger();
    private final Semaphore done = new Semaphore(0);

    @Test
    void paysNobodyBeforeItIsStarted() throws InterruptedException {
        try (PoolPayments payments = new PoolPayments(this::round, 1)) {
            assertThat(done.tryAcquire(20, TimeUnit.MILLISECONDS)).isFalse();
            payments.start();
            done.acquire();
        }
    }

    @Test
    void goesOnAfterARoundThatFailed() throws InterruptedException {
        try (PoolPayments payments = new PoolPayments(
                () -> {
                    round();
                    throw new IllegalStateException("a defect");
                },
                1)) {
            payments.start();
            done.acquire(3);
        }
        assertThat(rounds.get()).isGreaterThanOrEqualTo(3);
    }

    private void round() {
        rounds.incrementAndGet();
        done.release();
    }
}
