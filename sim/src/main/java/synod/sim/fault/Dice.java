package synod.sim.fault;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/** Says, wherever something can go wrong, whether it does now. Each fault class has a stream of its own. */
public final class Dice {
    private final Swarm swarm;
    private final Map<FaultClass, Random> streams = new EnumMap<>(FaultClass.class);
    private boolean calm;

    /** Dice for a run with these options. */
    public Dice(Swarm swarm, Streams streams) {
        this.swarm = swarm;
        for (FaultClass fault : FaultClass.values()) {
            this.streams.put(fault, streams.of("fault " + fault.code()));
        }
    }

    /** From now on nothing strikes any more. */
    public void calmDown() {
        calm = true;
    }

    /** Whether faults are over. */
    public boolean isCalm() {
        return calm;
    }

    /** Whether the fault occurs in this run, and may still. */
    public boolean isOn(FaultClass fault) {
        return !calm && swarm.rates().containsKey(fault);
    }

    /** Whether a fault strikes here, at a place where it can. */
    public boolean strikes(FaultClass fault) {
        return isOn(fault) && of(fault).nextDouble() < rate(fault);
    }

    /** How often it strikes: a probability, or times a second. */
    public double rate(FaultClass fault) {
        return swarm.rates().getOrDefault(fault, 0.0);
    }

    /** The randomness of how a fault strikes. */
    public Random of(FaultClass fault) {
        return streams.computeIfAbsent(fault, missing -> {
            throw new IllegalStateException("no stream for " + missing);
        });
    }

    /** Draws a time, memoryless, with this mean. */
    public static long exponential(Random random, double meanMillis) {
        return (long) (-Math.log(1 - random.nextDouble()) * meanMillis);
    }
}
