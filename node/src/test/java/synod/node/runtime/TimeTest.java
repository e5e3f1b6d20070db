package synod.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The clock that never goes back, and the timers that run by it. */
class TimeTest {
    private final AtomicLong wall = new AtomicLong(1_000_000);
    private final AtomicLong nanos = new AtomicLong(-7);
    private final NodeClock clock = new NodeClock(wall::get, nanos::get);
    private final Timers timers = new Timers();

    private void pass(long millis) {
        wall.addAndGet(millis);
        nanos.addAndGet(millis * 1_000_000);
    }

    @Test
    void theClockFollowsTheWallClock() {
        pass(500);
        assertThat(clock.millis()).isEqualTo(1_000_500);
        wall.addAndGet(60_000);
        assertThat(clock.millis()).as("set forward").isEqualTo(1_060_500);
    }

    @Test
    void aClockSetBackGoesOnAtItsPaceUntilTheWallClockHasCaughtUp() {
        wall.addAndGet(-10_000);
        assertThat(clock.millis()).isEqualTo(1_000_000);
        pass(3_000);
        assertThat(clock.millis()).isEqualTo(1_003_000);
        wall.addAndGet(11_000);
        assertThat(clock.millis()).isEqualTo(1_004_000);
        pass(1);
        assertThat(clock.millis()).isEqualTo(1_004_001);
    }

    @Test
    void timersRunOutInOrderAndOnce() {
        timers.set("late", 30);
        timers.set("first", 10);
        timers.set("second", 10);
        assertThat(timers.nextMillis()).hasValue(10);
        assertThat(timers.pollDue(9)).isEmpty();
        assertThat(timers.pollDue(20)).contains("first");
        assertThat(timers.pollDue(20)).contains("second");
        assertThat(timers.pollDue(20)).isEmpty();
        assertThat(timers.nextMillis()).hasValue(30);
    }

    @Test
    void aTimerSetAgainReplacesItself() {
        timers.set("a", 10);
        timers.set("a", 50);
        assertThat(timers.pollDue(49)).isEmpty();
        assertThat(timers.pollDue(50)).contains("a");
        timers.set("a", 60);
        timers.clear("a");
        timers.clear("nobody");
        assertThat(timers.nextMillis()).isEmpty();
    }
}
