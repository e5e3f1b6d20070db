package synod.node.mining;

/** How long to wait before the next connection: twice as long each time, from the start again after one that was of use. */
final class ReconnectDelay {
    private static final long FIRST_MILLIS = 1_000;
    private static final long MAX_MILLIS = 30_000;

    private long millis = FIRST_MILLIS;

    /** The wait after a connection that ended; whether a share was accepted on it. */
    long nextMillis(boolean wasOfUse) {
        long next = wasOfUse ? FIRST_MILLIS : millis;
        millis = Math.min(2 * next, MAX_MILLIS);
        return next;
    }
}
