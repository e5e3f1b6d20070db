package synod.sim.protocol;

import java.util.List;
import synod.consensus.pow.PowConsensus;
import synod.sim.fault.Streams;

/** The protocols by name. */
public final class Protocols {
    /** The most clients that a run draws, and one to receive. */
    private static final int CLIENTS = 5;

    private Protocols() {}

    /** All names. */
    public static List<String> names() {
        return List.of(PowConsensus.NAME);
    }

    /** The protocol of this name among so many members. */
    public static Protocol named(String name, int members) {
        return switch (name) {
            case PowConsensus.NAME -> new PowProtocol(members, CLIENTS);
            default -> throw unknown(name);
        };
    }

    /** Draws how many members a run has. */
    public static int drawSize(String name, Streams streams) {
        return switch (name) {
            case PowConsensus.NAME -> 3 + streams.of("members").nextInt(3);
            default -> throw unknown(name);
        };
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("there is no engine '" + name + "' to simulate; there are " + names());
    }
}
