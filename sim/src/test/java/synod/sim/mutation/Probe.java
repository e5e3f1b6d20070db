package synod.sim.mutation;

import java.util.Set;
import java.util.function.LongFunction;
import synod.sim.run.Outcome;
import synod.sim.run.Plan;
import synod.sim.run.Run;
import synod.sim.world.Story;

/** Runs a seed of PBFT or proof of work and tells who noticed something; loaded once for each mutant, with its classes. */
public final class Probe implements LongFunction<String> {
    private final String engine;
    private final String strategy;

    /** A probe of this engine, among members of which one lies in this way, if any is named. */
    public Probe(String engine, String strategy) {
        this.engine = engine;
        this.strategy = strategy;
    }

    @Override
    public String apply(long seed) {
        Outcome outcome = Run.of(plan(seed), Story.NONE);
        return outcome.violation()
                .map(violation -> violation.checker() + ": " + violation.getMessage())
                .orElse("");
    }

    private Plan plan(long seed) {
        return strategy.isEmpty()
                ? Plan.of(engine, seed)
                : new Plan(engine, seed, Plan.EVENTS, 0, 1, strategy, Set.of());
    }
}
