package synod.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import synod.sim.world.Story;
import synod.sim.world.Violation;

/** PBFT under everything that can go wrong, and under liars. */
class PbftRunTest {
    private static final int FRESH = 10;

    /** Seeds that once found something, and some more. */
    @ParameterizedTest
    @ValueSource(longs = {1, 10, 11, 16, 28, 41, 63, 79, 104, 131, 1347, 2060, 7011, 20028})
    void holdsUnderTheFaultsOfASeed(long seed) {
        requireHolds(Plan.of("pbft", seed));
    }

    /** Other seeds every day. */
    static LongStream fresh() {
        long first = LocalDate.now().toEpochDay() * FRESH;
        return LongStream.range(first, first + FRESH);
    }

    @ParameterizedTest
    @MethodSource("fresh")
    void holdsUnderTheFaultsOfAFreshSeed(long seed) {
        requireHolds(Plan.of("pbft", seed));
    }

    private static void requireHolds(Plan plan) {
        Outcome outcome = Run.of(plan, Story.NONE);
        assertThat(outcome.violation()).as(plan.command()).isEmpty();
        assertThat(outcome.events()).isGreaterThan(Plan.EVENTS);
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        Plan plan = Plan.of("pbft", 7);
        assertThat(Run.of(plan, Story.NONE).traceHash())
                .isEqualTo(Run.of(plan, Story.NONE).traceHash());
    }

    @Test
    void moreLiarsThanAreToleratedAreNoticedAndTheFailureIsMadeSmaller() {
        Outcome failure = LongStream.rangeClosed(1, 200)
                .mapToObj(seed -> Run.of(new Plan("pbft", seed, Plan.EVENTS, 4, 2, "twin", Set.of()), Story.NONE))
                .filter(outcome -> outcome.violation().isPresent())
                .findFirst()
                .orElseThrow();
        Outcome smaller = Shrinker.shrink(failure);
        assertThat(smaller.violation().map(Violation::checker))
                .isEqualTo(failure.violation().map(Violation::checker));
        assertThat(smaller.plan().events()).isLessThan(failure.plan().events());
        assertThat(smaller.plan().off()).isNotEmpty();
    }
}
