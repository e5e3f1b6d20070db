package synod.sim.run;

import java.util.Set;
import java.util.TreeSet;
import synod.sim.fault.FaultClass;

/**
 * What a run is asked for.
 *
 * @param engine the protocol's name
 * @param events so many inputs to replicas before faults end
 * @param nodes how many members; zero: the seed draws it
 * @param liars so many members lie; −1: the seed draws whether as many do as the protocol tolerates, or none
 * @param strategy how they lie; empty: the seed draws it
 * @param off fault classes that must not occur
 */
public record Plan(String engine, long seed, long events, int nodes, int liars, String strategy, Set<FaultClass> off) {
    /** So many events before faults end, unless asked otherwise. */
    public static final long EVENTS = 2_000;

    /** Copies the set. */
    public Plan {
        off = Set.copyOf(off);
    }

    /** The usual plan for a seed. */
    public static Plan of(String engine, long seed) {
        return new Plan(engine, seed, EVENTS, 0, -1, "", Set.of());
    }

    /** The same for another seed. */
    public Plan withSeed(long other) {
        return new Plan(engine, other, events, nodes, liars, strategy, off);
    }

    /** The same with another number of events. */
    public Plan withEvents(long other) {
        return new Plan(engine, seed, other, nodes, liars, strategy, off);
    }

    /** The same without a fault class. */
    public Plan without(FaultClass fault) {
        Set<FaultClass> more = new TreeSet<>(off);
        more.add(fault);
        return new Plan(engine, seed, events, nodes, liars, strategy, more);
    }

    /** The command that runs exactly this. */
    public String command() {
        StringBuilder command =
                new StringBuilder("./synod sim --engine " + engine + " --seed " + seed + " --events " + events);
        if (nodes > 0) {
            command.append(" --nodes ").append(nodes);
        }
        if (liars >= 0) {
            command.append(" --liars ").append(liars);
        }
        if (!strategy.isEmpty()) {
            command.append(" --strategy ").append(strategy);
        }
        new TreeSet<>(off).forEach(fault -> command.append(" --without ").append(fault.code()));
        return command.toString();
    }
}
