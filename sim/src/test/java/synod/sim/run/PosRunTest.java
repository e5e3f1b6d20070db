package synod.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import synod.sim.world.Marks;
import synod.sim.world.Story;

/** Proof of stake under everything that can go wrong, and under liars. */
class PosRunTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 7, 158})
    void holdsUnderTheFaultsOfASeed(long seed) {
        Plan plan = Plan.of("pos", seed);
        Outcome outcome = Run.of(plan, Story.NONE);
        assertThat(outcome.violation()).as(plan.command()).isEmpty();
        assertThat(outcome.events()).isGreaterThan(Plan.EVENTS);
    }

    @Test
    void whoShowsAVoteInCertificatesOnlyIsSlashed() {
        Marks marks = new Marks();
        for (long seed = 1; seed <= 3; seed++) {
            Plan plan = new Plan("pos", seed, Plan.EVENTS, 4, 1, "hidden-vote", Set.of());
            Outcome outcome = Run.of(plan, Story.NONE);
            assertThat(outcome.violation()).as(plan.command()).isEmpty();
            marks.addAll(outcome.marks());
        }
        assertThat(marks.counts()).containsKey("a validator was slashed");
    }
}
