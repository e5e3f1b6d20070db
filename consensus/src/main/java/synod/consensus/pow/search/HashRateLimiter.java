package synod.consensus.pow.search;

/**
 * Spreads hashes evenly over time. Each reservation is given the moment from which it may run; reservations follow each
 * other at the allowed rate. Time that was not used is made up for only up to {@link #MAX_CREDIT_NANOS}, so that waking
 * late costs nothing and a pause earns no burst. The clock is the caller's. Safe for several threads.
 */
public final class HashRateLimiter {
    /** So much unused time may be made up for. */
    public static final long MAX_CREDIT_NANOS = 50_000_000;

    private static final double NANOS_PER_SECOND = 1e9;

    private final double nanosPerHash;
    private long nextNanos;
    private boolean started;

    /**
     * A limiter.
     *
     * @param hashesPerSecond the rate, at least 1
     */
    public HashRateLimiter(long hashesPerSecond) {
        if (hashesPerSecond < 1) {
            throw new IllegalArgumentException("a rate limit is at least 1 hash/s, not " + hashesPerSecond);
        }
        this.nanosPerHash = NANOS_PER_SECOND / hashesPerSecond;
    }

    /**
     * Reserves hashes.
     *
     * @param nowNanos the time on a clock with any origin that never goes back
     * @return how long to wait before doing them; zero: not at all
     */
    public synchronized long reserve(int hashes, long nowNanos) {
        if (!started) {
            started = true;
            nextNanos = nowNanos;
        }
        long startNanos = Math.max(nextNanos - nowNanos, -MAX_CREDIT_NANOS) + nowNanos;
        nextNanos = startNanos + Math.round(hashes * nanosPerHash);
        return Math.max(0, startNanos - nowNanos);
    }
}
