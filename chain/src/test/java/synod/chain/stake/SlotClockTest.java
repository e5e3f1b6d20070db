package synod.chain.stake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import synod.chain.Amount;

class SlotClockTest {
    private static final SlotClock CLOCK = new SlotClock(1_000, 500, 20);

    @Test
    void slotsAreHalfOpenIntervalsFromTheOriginOn() {
        assertThat(CLOCK.slot(0)).isZero();
        assertThat(CLOCK.slot(1_499)).isZero();
        assertThat(CLOCK.slot(1_500)).isEqualTo(1);
        assertThat(CLOCK.slot(Long.MAX_VALUE)).isEqualTo((Long.MAX_VALUE - 1_000) / 500);
        assertThat(CLOCK.slot(CLOCK.startMillis(77))).isEqualTo(77);
        assertThat(CLOCK.slot(CLOCK.startMillis(77) - 1)).isEqualTo(76);
    }

    @Test
    void epochsAreSoManySlots() {
        assertThat(CLOCK.epoch(19)).isZero();
        assertThat(CLOCK.epoch(20)).isEqualTo(1);
        assertThat(CLOCK.firstSlot(3)).isEqualTo(60);
    }

    @Test
    void theFirstTwoThirdsOfAnEpochFeedTheNextNonce() {
        // of 20 slots the last six, a third rounded down, do not
        assertThat(CLOCK.feedsNextNonce(20)).isTrue();
        assertThat(CLOCK.feedsNextNonce(33)).isTrue();
        assertThat(CLOCK.feedsNextNonce(34)).isFalse();
        assertThat(CLOCK.feedsNextNonce(39)).isFalse();
        assertThat(CLOCK.feedsNextNonce(40)).isTrue();
    }

    @Test
    void fractionsHaveOneFormAndRoundDown() {
        assertThat(Ratio.parse("1/20").of(new Amount(39))).isEqualTo(new Amount(1));
        assertThat(Ratio.ONE.of(new Amount(Long.MAX_VALUE))).isEqualTo(new Amount(Long.MAX_VALUE));
        assertThat(Ratio.ZERO.of(new Amount(Long.MAX_VALUE))).isEqualTo(Amount.ZERO);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ratio.parse("2/40"))
                .withMessageContaining("is written 1/20");
        for (String text : new String[] {"", "1", "0.5", "1/0", "3/2", "-1/2", "1/65537", "1/2 "}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Ratio.parse(text));
        }
    }

    @Test
    void rulesOutOfBoundsAreRefusedByName() {
        Ratio half = new Ratio(1, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SlotClock(0, 0, 20))
                .withMessageContaining("slotMillis");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SlotClock(0, 1, 2))
                .withMessageContaining("epochSlots");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StakeRules(CLOCK, Ratio.ONE, 2, half, half, new Amount(1)))
                .withMessageContaining("activeSlots");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StakeRules(CLOCK, half, 1, half, half, new Amount(1)))
                .withMessageContaining("unbondingEpochs");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StakeRules(CLOCK, half, 2, Ratio.ZERO, half, new Amount(1)))
                .withMessageContaining("slashing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StakeRules(CLOCK, half, 2, half, new Ratio(2, 3), new Amount(1)))
                .withMessageContaining("reporterShare");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StakeRules(CLOCK, half, 2, half, half, Amount.ZERO))
                .withMessageContaining("minBond");
        assertThat(new StakeRules(CLOCK, half, 180, half, half, new Amount(1)).unbondingMillis())
                .isEqualTo(1_800_000);
    }
}
