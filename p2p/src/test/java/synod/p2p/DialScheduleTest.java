package synod.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import synod.crypto.Sha256;
import synod.p2p.policy.Backoff;

class DialScheduleTest {
    private static final PeerAddress PLACE = PeerAddress.of("203.0.113.1", 1);
    private static final NodeId NODE = new NodeId(Sha256.hash(new byte[1]));

    private final Random random = new Random(1);
    private final DialSchedule schedule = new DialSchedule(new Backoff(200, 30_000), 5_000);

    @Test
    void dialsAKeptAddressAtOnceAndOneAtATime() {
        schedule.keep(PLACE);
        assertThat(schedule.dueKept(0, id -> false)).containsExactly(PLACE);

        schedule.started(PLACE);
        assertThat(schedule.dueKept(0, id -> false)).isEmpty();
        assertThat(schedule.isFree(PLACE, 0)).isFalse();
    }

    @Test
    void waitsLongerAfterEachFailureUpToTheCap() {
        schedule.keep(PLACE);
        long now = 0;
        for (int failures = 0; failures < 20; failures++) {
            schedule.started(PLACE);
            schedule.failed(PLACE, false, now, random);
            long full = Math.min(30_000, 200L << failures);
            assertThat(schedule.dueKept(now + full / 2 - 1, id -> false)).isEmpty();
            now += full;
            assertThat(schedule.dueKept(now, id -> false)).containsExactly(PLACE);
        }
    }

    @Test
    void redialsQuicklyAfterAConnectionThatLasted() {
        schedule.keep(PLACE);
        fail(10);
        schedule.ended(PLACE, 5_000, 0, random);

        assertThat(schedule.dueKept(200, id -> false)).containsExactly(PLACE);
    }

    @Test
    void doesNotHammerAPeerThatAcceptsAndHangsUp() {
        schedule.keep(PLACE);
        fail(10);
        schedule.ended(PLACE, 4_999, 0, random);

        assertThat(schedule.dueKept(14_999, id -> false)).isEmpty();
    }

    @Test
    void waitsTheLongestAtOnceWhenThereIsNoHope() {
        schedule.keep(PLACE);
        schedule.failed(PLACE, true, 0, random);

        assertThat(schedule.dueKept(14_999, id -> false)).isEmpty();
        assertThat(schedule.dueKept(30_000, id -> false)).containsExactly(PLACE);
    }

    @Test
    void leavesAKeptAddressAloneWhileItsNodeIsConnected() {
        schedule.keep(PLACE);
        schedule.started(PLACE);
        schedule.met(PLACE, NODE);
        schedule.superfluous(PLACE, 0);

        assertThat(schedule.dueKept(1_000, NODE::equals)).isEmpty();
        assertThat(schedule.dueKept(1_000, id -> false)).containsExactly(PLACE);
    }

    @Test
    void knowsAPinnedNodeBeforeMeetingIt() {
        schedule.keep(new PeerAddress("203.0.113.1", 1, Optional.of(NODE)));

        assertThat(schedule.isKept(NODE)).isTrue();
        assertThat(schedule.dueKept(0, NODE::equals)).isEmpty();
    }

    @Test
    void forgetsOtherAddressesThatWaitForNothing() {
        for (int i = 1; i < 60_000; i++) {
            PeerAddress place = PeerAddress.of("203.0.113.1", i);
            schedule.started(place);
            schedule.failed(place, false, i * 1_000L, random);
        }
        assertThat(schedule.size()).isLessThan(1_100);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            schedule.failed(PLACE, false, 0, random);
        }
    }
}
