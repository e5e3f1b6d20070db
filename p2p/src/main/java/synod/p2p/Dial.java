package synod.p2p;

/**
 * A connection to open.
 *
 * @param address where, and who must be there
 */
record Dial(PeerAddress address, Purpose purpose) {
    /** What for. */
    enum Purpose {
        /** The address is one that is always dialled. */
        KEPT,
        /** The address comes from the peer table, and a peer is wanted. */
        DISCOVERED,
        /** Only to know whether a fitting node is there. */
        PROBE
    }

    boolean isProbe() {
        return purpose == Purpose.PROBE;
    }
}
