package synod.p2p;

/** What a dial that led to no lasting connection came to: decides when the next one makes sense. */
enum DialOutcome {
    /** Trying again may help. */
    FAILED,
    /** It would come to the same for long: another chain, another node, a ban. */
    HOPELESS,
    /** The peer is well and has no room. */
    FULL,
    /** There is another connection to that peer. */
    SUPERFLUOUS,
    /** It is this node's own address. */
    SELF,
    /** A probe found a fitting node. */
    PROBED;

    /** The same conclusion whichever side says goodbye. */
    static DialOutcome of(Goodbye goodbye) {
        return switch (goodbye.code()) {
            case SELF -> SELF;
            case MISMATCH, BANNED -> HOPELESS;
            case DUPLICATE -> SUPERFLUOUS;
            case FULL -> FULL;
            case LEAVING, MISBEHAVED, TIMEOUT -> FAILED;
        };
    }
}
