package synod.sim.world;

import java.util.SortedMap;
import java.util.TreeMap;

/** "Sometimes" marks: which interesting cases occurred, and how often. A case that never does was never tested. */
public final class Marks {
    private final SortedMap<String, Long> counts = new TreeMap<>();

    /** It occurred. */
    public void mark(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    /** Adds those of another run. */
    public void addAll(Marks others) {
        others.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
    }

    /** How often each occurred. */
    public SortedMap<String, Long> counts() {
        return new TreeMap<>(counts);
    }
}
