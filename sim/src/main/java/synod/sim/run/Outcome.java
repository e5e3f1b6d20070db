package synod.sim.run;

import java.util.Optional;
import synod.crypto.Hash;
import synod.sim.fault.Swarm;
import synod.sim.world.Marks;
import synod.sim.world.Violation;

/**
 * What came of a run.
 *
 * @param swarm what the seed drew
 * @param violation what did not hold, if anything
 * @param events how many inputs replicas took
 * @param virtualMillis how much virtual time passed
 * @param traceHash a digest of all inputs with their times
 */
public record Outcome(
        Plan plan,
        Swarm swarm,
        Optional<Violation> violation,
        long events,
        long virtualMillis,
        Hash traceHash,
        Marks marks) {}
