package synod.sim.protocol;

import java.util.List;
import synod.consensus.pbft.PbftConsensus;
import synod.consensus.pow.PowConsensus;
import synod.sim.fault.Streams;
import synod.sim.pbft.PbftProtocol;

/** The protocols by name. */
public final class Protocols {
    /** The most clients that a run draws, and one to receive. */
    private static final int CLIENTS = 5;

    private Protocols() {}

    /** All names. */
    public static List<String> names() {
        return List.of(PbftConsensus.NAME, PowConsensus.NAME);
    }

    /** The protocol of this name among so many members. */
    public static Protocol named(String name, int members) {
        return switch (name) {
            case PbftConsensus.NAME -> new PbftProtocol(members, CLIENTS);
            case PowConsensus.NAME -> new PowProtocol(members, CLIENTS);
            default -> throw unknown(name);
        };
    }

    /** Draws how many members a run has. */
    public static int drawSize(String name, Streams streams) {
        return switch (name) {
            case PbftConsensus.NAME -> 4 + streams.of("members").nextInt(4);
            case PowConsensus.NAME -> 3 + streams.of("members").nextInt(3);
            default -> throw unknown(name);
        };
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("there is no engine '" + name + "' to simulate; there are " + names());
    }
}
