package synod.node.rpc.port;

import java.util.Optional;

/** The process around the replica. Safe for use by many threads; no method waits. */
public interface NodePort {
    /** The node's name, for people who run several. */
    String name();

    /** The version of this software. */
    String version();

    /** How it lies on purpose, on a development network; empty of an honest node. */
    Optional<String> lies();

    /** Whether it serves. */
    Health health();

    /** Begins to stop the process and returns; an answer can still go out. */
    void stop();

    /**
     * Whether a node serves.
     *
     * @param activity one sentence: what it does now, or what it waits for and why
     */
    record Health(Phase phase, String activity) {}

    /** Where a node is in its life. */
    enum Phase {
        /** Recovering; the replica cannot be asked yet. */
        STARTING,
        /** Serving. */
        READY
    }
}
