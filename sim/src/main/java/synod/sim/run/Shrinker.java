package synod.sim.run;

import java.util.Optional;
import java.util.function.UnaryOperator;
import synod.sim.fault.FaultClass;
import synod.sim.world.Story;
import synod.sim.world.Violation;

/** Makes a failing plan smaller as long as the same checker fires: fewer kinds of faults, then fewer events. */
public final class Shrinker {
    private static final long FEWEST_EVENTS = 50;

    private Shrinker() {}

    /** The smallest plan found, and what came of it. */
    public static Outcome shrink(Outcome failure) {
        String checker = failure.violation().map(Violation::checker).orElseThrow();
        Outcome smallest = failure;
        for (FaultClass fault : failure.swarm().rates().keySet()) {
            smallest = tried(smallest, checker, plan -> plan.without(fault)).orElse(smallest);
        }
        long step = smallest.plan().events() / 2;
        while (step >= FEWEST_EVENTS) {
            long fewer = smallest.plan().events() - step;
            Optional<Outcome> shorter = tried(smallest, checker, plan -> plan.withEvents(fewer));
            smallest = shorter.orElse(smallest);
            step = Math.min(step, smallest.plan().events()) / (shorter.isPresent() ? 1 : 2);
            if (smallest.plan().events() <= step) {
                step = smallest.plan().events() / 2;
            }
        }
        return smallest;
    }

    private static Optional<Outcome> tried(Outcome from, String checker, UnaryOperator<Plan> smaller) {
        Outcome outcome = Run.of(smaller.apply(from.plan()), Story.NONE);
        return outcome.violation()
                .filter(found -> found.checker().equals(checker))
                .map(_ -> outcome);
    }
}
