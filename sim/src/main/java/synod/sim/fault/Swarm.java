package synod.sim.fault;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a seed draws before the run: each run has its own mixture of faults, so that together they reach what no single
 * mixture would (A. Groce et al., "Swarm Testing", ISSTA 2012).
 *
 * @param nodes how many members, without twins
 * @param rates how often each fault class strikes; those that are absent do not
 * @param adversaries by number of the member, which strategy it follows
 * @param meanDelayMillis mean time of a frame on its way
 * @param meanDiskMillis mean time of a sync
 * @param clients how many accounts send transfers
 * @param meanPauseMillis mean time between a client's transfers
 */
public record Swarm(
        int nodes,
        Map<FaultClass, Double> rates,
        SortedMap<Integer, String> adversaries,
        long meanDelayMillis,
        long meanDiskMillis,
        int clients,
        long meanPauseMillis) {

    /** Copies the maps. */
    public Swarm {
        rates = Collections.unmodifiableMap(new TreeMap<>(rates));
        adversaries = Collections.unmodifiableSortedMap(new TreeMap<>(adversaries));
    }

    /**
     * Draws the options of a seed.
     *
     * @param nodes how many members
     * @param liars how many of them lie, if liars are drawn
     * @param strategies what a liar can do
     * @param off fault classes that must not occur; taking one away does not change what is drawn of the others
     */
    public static Swarm draw(Streams streams, int nodes, int liars, List<String> strategies, Set<FaultClass> off) {
        Random random = streams.of("swarm");
        Map<FaultClass, Double> rates = new EnumMap<>(FaultClass.class);
        for (FaultClass fault : FaultClass.values()) {
            boolean drawn = random.nextInt(3) == 0;
            double rate = fault.rate(random.nextDouble());
            if (drawn && !off.contains(fault)) {
                rates.put(fault, rate);
            }
        }
        boolean lie = rates.containsKey(FaultClass.BYZANTINE) && !strategies.isEmpty();
        return new Swarm(
                nodes,
                rates,
                lie ? adversaries(streams, nodes, liars, strategies) : new TreeMap<>(),
                1 + random.nextInt(60),
                1 + random.nextInt(10),
                1 + random.nextInt(4),
                10 + random.nextInt(1_000));
    }

    private static SortedMap<Integer, String> adversaries(
            Streams streams, int nodes, int liars, List<String> strategies) {
        Random random = streams.of("adversaries");
        SortedMap<Integer, String> adversaries = new TreeMap<>();
        while (adversaries.size() < liars) {
            adversaries.put(random.nextInt(nodes), strategies.get(random.nextInt(strategies.size())));
        }
        return adversaries;
    }

    /** The same with so many liars, whatever was drawn. */
    public Swarm withLiars(Streams streams, int liars, List<String> strategies) {
        return new Swarm(
                nodes,
                rates,
                adversaries(streams, nodes, liars, strategies),
                meanDelayMillis,
                meanDiskMillis,
                clients,
                meanPauseMillis);
    }
}
