package synod.sim.world;

/** Sees everything that happens to the nodes, and throws a {@link Violation} when something may not have. */
public interface Watcher {
    /** A node has started: its journal is read and the replica takes part. */
    default void started(SimNode node) {}

    /** A node's replica took an input. */
    default void stepped(Step step) {}

    /** A node is down. */
    default void stopped(SimNode node, String why) {}
}
