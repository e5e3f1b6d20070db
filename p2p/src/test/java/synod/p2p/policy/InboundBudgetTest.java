package synod.p2p.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InboundBudgetTest {
    private static final long SECOND = 1_000_000_000L;

    private final InboundBudget budget = new InboundBudget(1_000, 1_000, 10, 10, 30 * SECOND, 0);

    @Test
    void pausesASenderOfTooManyBytes() {
        assertThat(budget.charge(1_000, 0)).isZero();
        assertThat(budget.charge(500, 0)).isEqualTo(SECOND / 2);
    }

    @Test
    void pausesASenderOfTooManyFrames() {
        for (int i = 0; i < 10; i++) {
            assertThat(budget.charge(0, 0)).isZero();
        }
        assertThat(budget.charge(0, 0)).isEqualTo(SECOND / 10);
    }

    @Test
    void callsAFloodThatNeverLetsUpAnOffenceOncePerSpan() {
        long now = 0;
        int offences = 0;
        while (now < 95 * SECOND) {
            now += Math.max(1, budget.charge(0, now));
            offences += budget.takeGrossExcess(now) ? 1 : 0;
        }
        assertThat(offences).isEqualTo(3);
    }

    @Test
    void forgivesABurstThatIsFollowedByCalm() {
        for (int i = 0; i < 20; i++) {
            budget.charge(0, 0);
        }
        budget.charge(0, 20 * SECOND);

        assertThat(budget.takeGrossExcess(60 * SECOND)).isFalse();
    }

    @Test
    void neverCallsManyBytesAnOffence() {
        long now = 0;
        while (now < 200 * SECOND) {
            now += Math.max(1, budget.charge(10_000, now));
            assertThat(budget.takeGrossExcess(now)).isFalse();
        }
    }
}
