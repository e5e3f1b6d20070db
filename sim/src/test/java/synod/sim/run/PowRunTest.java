package synod.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import synod.sim.world.Story;

/** Proof of work under everything that can go wrong. */
class PowRunTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 4, 5, 8, 9, 23, 42})
    void holdsUnderTheFaultsOfASeed(long seed) {
        Outcome outcome = Run.of(Plan.of("pow", seed), Story.NONE);
        assertThat(outcome.violation()).isEmpty();
        assertThat(outcome.events()).isGreaterThan(Plan.EVENTS);
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        Plan plan = Plan.of("pow", 7);
        assertThat(Run.of(plan, Story.NONE).traceHash())
                .isEqualTo(Run.of(plan, Story.NONE).traceHash());
        assertThat(Run.of(plan.withSeed(8), Story.NONE).traceHash())
                .isNotEqualTo(Run.of(plan, Story.NONE).traceHash());
    }

    @Test
    void theStoryDoesNotChangeTheRun() {
        Plan plan = Plan.of("pow", 9);
        List<String> told = new ArrayList<>();
        Outcome listened = Run.of(plan, (millis, who, what) -> told.add(who + " " + what.get()));
        assertThat(told).isNotEmpty();
        assertThat(listened.traceHash()).isEqualTo(Run.of(plan, Story.NONE).traceHash());
    }
}
