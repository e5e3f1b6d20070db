package synod.sim.mutation;

import java.util.function.LongFunction;
import synod.sim.run.Outcome;
import synod.sim.run.Plan;
import synod.sim.run.Run;
import synod.sim.world.Story;

/** Runs a seed of PBFT or proof of work and tells who noticed something; loaded once for each mutant, with its classes. */
public final class Probe implements LongFunction<String> {
    private final String engine;

    /** A probe of this engine. */
    public Probe(String engine) {
        this.engine = engine;
    }

    @Override
    public String apply(long seed) {
        Outcome outcome = Run.of(Plan.of(engine, seed), Story.NONE);
        return outcome.violation()
                .map(violation -> violation.checker() + ": " + violation.getMessage())
                .orElse("");
    }
}
