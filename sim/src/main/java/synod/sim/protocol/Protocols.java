package synod.sim.protocol;

import java.util.List;
import java.util.stream.Stream;
import synod.consensus.pbft.PbftConsensus;
import synod.consensus.pos.PosConsensus;
import synod.consensus.pow.PowConsensus;
import synod.sim.fault.Streams;
import synod.sim.pbft.PbftProtocol;
import synod.sim.pos.PosProtocol;

/** The protocols by name. */
public final class Protocols {
    /** The most clients that a run draws, and one to receive. */
    private static final int CLIENTS = 5;

    private static final int SMALLEST = 4;

    /** A member of which there are two. */
    public static final String TWIN = "twin";

    private Protocols() {}

    /** All names. */
    public static List<String> names() {
        return List.of(PbftConsensus.NAME, PosConsensus.NAME, PowConsensus.NAME);
    }

    /** The protocol of this name among so many members. */
    public static Protocol named(String name, int members) {
        return switch (name) {
            case PbftConsensus.NAME -> new PbftProtocol(members, CLIENTS);
            case PosConsensus.NAME -> new PosProtocol(members, CLIENTS);
            case PowConsensus.NAME -> new PowProtocol(members, CLIENTS);
            default -> throw unknown(name);
        };
    }

    /** How members can lie under the protocol of this name: as it says, or by being two. */
    public static List<String> strategies(String name) {
        List<String> own = named(name, SMALLEST).strategies();
        return own.isEmpty()
                ? List.of()
                : Stream.concat(own.stream(), Stream.of(TWIN)).toList();
    }

    /** Draws how many members a run has. */
    public static int drawSize(String name, Streams streams) {
        return switch (name) {
            case PbftConsensus.NAME, PosConsensus.NAME ->
                4 + streams.of("members").nextInt(4);
            case PowConsensus.NAME -> 3 + streams.of("members").nextInt(3);
            default -> throw unknown(name);
        };
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("there is no engine '" + name + "' to simulate; there are " + names());
    }
}
