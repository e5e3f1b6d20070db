package synod.p2p;

/** The frame kinds of this module. The order is the number on the wire. */
enum ControlKind {
    /** {@link Hello}, the dialler's first; the other side answers with its own. */
    HELLO(Hello.MAX_BYTES),
    /** The same payload, from a dialler that only wants to know whether a fitting node is there. */
    PROBE(Hello.MAX_BYTES),
    /** {@link Goodbye}. */
    GOODBYE(Goodbye.MAX_BYTES),
    /** Eight bytes of the sender's choice. */
    PING(8),
    /** The eight bytes of a ping. */
    PONG(8),
    /** Asks for addresses of peers; empty. */
    GET_PEERS(1),
    /** {@link PeersMessage}. */
    PEERS(PeersMessage.MAX_BYTES);

    private final int maxBytes;

    ControlKind(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    int number() {
        return ordinal();
    }

    Frame frame(byte[] payload) {
        return new Frame(ordinal(), payload);
    }

    boolean is(Frame frame) {
        return frame.kind() == ordinal();
    }

    /** The limits of these kinds, with the node's own for the others. */
    static FrameLimits limits(FrameLimits node) {
        return kind -> {
            if (kind >= Frame.FIRST_NODE_KIND) {
                return node.maxBytes(kind);
            }
            return kind < values().length ? values()[kind].maxBytes : 0;
        };
    }
}
