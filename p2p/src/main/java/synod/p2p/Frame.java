package synod.p2p;

/**
 * The unit that peers exchange: a kind and a payload that only the kind's owner can read.
 *
 * @param kind 0 to 255; those below {@value #FIRST_NODE_KIND} belong to this module
 * @param payload not copied: whoever passes it here gives it away
 */
public record Frame(int kind, byte[] payload) {
    /** The first kind that is the node's. */
    public static final int FIRST_NODE_KIND = 16;

    /** The last kind. */
    public static final int LAST_KIND = 255;

    /** Bytes on the wire before the payload: its length (4, big-endian) and the kind (1). */
    static final int HEADER_BYTES = 5;

    /** Checks the kind. */
    public Frame {
        if (kind < 0 || kind > LAST_KIND) {
            throw new IllegalArgumentException("a frame's kind lies in 0.." + LAST_KIND + ", not " + kind);
        }
    }

    /** Bytes on the wire, without encryption. */
    int wireBytes() {
        return HEADER_BYTES + payload.length;
    }

    @Override
    public String toString() {
        return "Frame[kind=" + kind + ", " + payload.length + " bytes]";
    }
}
