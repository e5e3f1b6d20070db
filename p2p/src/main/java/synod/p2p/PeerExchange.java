package synod.p2p;

import synod.p2p.policy.TokenBucket;

/** The questions for peers on one connection: which of ours is open, and how many of the peer's we answer. */
final class PeerExchange {
    private static final int ANSWERS_PER_SECOND = 1;
    private static final int ANSWERS_AT_ONCE = 16;

    private final TokenBucket answers;
    private boolean asked;

    PeerExchange(long nowNanos) {
        answers = new TokenBucket(ANSWERS_PER_SECOND, ANSWERS_AT_ONCE, nowNanos);
    }

    /** We ask. Returns false if a question is open. */
    synchronized boolean ask() {
        boolean fresh = !asked;
        asked = true;
        return fresh;
    }

    /** An answer came. Returns whether there was a question. */
    synchronized boolean answered() {
        boolean wanted = asked;
        asked = false;
        return wanted;
    }

    /** The peer asks. Returns whether it gets an answer. */
    synchronized boolean mayAnswer(long nowNanos) {
        return answers.tryTake(1, nowNanos);
    }
}
