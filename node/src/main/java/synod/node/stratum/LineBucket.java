package synod.node.stratum;

/**
 * How fast one connection is read: so many lines at once, and so many a second. Lines beyond that have come already and
 * are taken, but none is read from the socket before the debt is paid off, so that the miner's own system holds them back.
 */
final class LineBucket {
    private static final double MILLIS_PER_SECOND = 1_000;

    private final double capacity;
    private final double perSecond;
    private double lines;
    private long lastMillis;

    /** A bucket that is full. */
    LineBucket(int capacity, int perSecond, long nowMillis) {
        this.capacity = capacity;
        this.perSecond = perSecond;
        this.lines = capacity;
        this.lastMillis = nowMillis;
    }

    /** A line came; for how many milliseconds no more are to be read. */
    long take(long nowMillis) {
        lines = Math.min(capacity, lines + (nowMillis - lastMillis) * perSecond / MILLIS_PER_SECOND) - 1;
        lastMillis = nowMillis;
        return lines >= 0 ? 0 : (long) Math.ceil(-lines * MILLIS_PER_SECOND / perSecond);
    }
}
