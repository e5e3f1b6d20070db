package synod.p2p;

import synod.p2p.policy.PenaltyBook;

/** What offences cost, in points of {@link PenaltyBook#BAN_POINTS}. */
final class Penalty {
    /** A length above the limit of its kind: no honest program writes one. */
    static final int OVERSIZE = PenaltyBook.BAN_POINTS;
    /** A kind that has no meaning here, or not at this moment. */
    static final int UNKNOWN_KIND = 50;
    /** A payload that does not decode. */
    static final int MALFORMED = 50;
    /** A frame begun and not finished in time; a bad line can do this, too. */
    static final int TRUNCATED = 20;
    /** The frame budget held empty for long. */
    static final int FLOOD = 50;
    /** Peers sent without being asked. */
    static final int UNSOLICITED = 10;
    /** Asking for peers too often. */
    static final int IMPATIENT = 2;
    /**
     * No hello in time. Low enough that an honest node on an overloaded machine, which redials with growing waits, loses
     * its points faster than it earns them.
     */
    static final int SILENCE = 2;
    /** Anything but TLS 1.3 from a connection that never said who it is: charged to its address group. */
    static final int BEFORE_IDENTITY = 10;

    private Penalty() {}
}
