package synod.p2p.policy;

/**
 * A token bucket in exact integer arithmetic: a rate with a burst. Time is a monotonic nanosecond count.
 *
 * <p>A level below zero is a debt, made by {@link #charge}: work that was already received is paid for by waiting.
 */
public final class TokenBucket {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long perSecond;
    private final long capacity;
    /** Tokens times 10^9, so that a refill of less than one token is not lost. */
    private long level;

    private long lastNanos;

    /**
     * A full bucket.
     *
     * @param perSecond tokens that flow in each second, 1 to 2^32
     * @param burst tokens it holds when full, 1 to 2^32
     */
    public TokenBucket(long perSecond, long burst, long nowNanos) {
        if (perSecond < 1 || perSecond > 1L << 32 || burst < 1 || burst > 1L << 32) {
            throw new IllegalArgumentException(
                    "a token bucket's rate and burst lie in 1..2^32, not " + perSecond + " and " + burst);
        }
        this.perSecond = perSecond;
        this.capacity = burst * NANOS_PER_SECOND;
        this.level = capacity;
        this.lastNanos = nowNanos;
    }

    /**
     * Takes the tokens, into debt if need be.
     *
     * @param amount at most 2^32
     * @return nanoseconds until the bucket is out of debt; 0 when it is not in debt
     */
    public long charge(long amount, long nowNanos) {
        refill(nowNanos);
        level = Math.max(level - amount * NANOS_PER_SECOND, -(Long.MAX_VALUE / 2));
        return level >= 0 ? 0 : (-level + perSecond - 1) / perSecond;
    }

    /** Takes the tokens if they are all there. */
    public boolean tryTake(long amount, long nowNanos) {
        refill(nowNanos);
        if (level < amount * NANOS_PER_SECOND) {
            return false;
        }
        level -= amount * NANOS_PER_SECOND;
        return true;
    }

    /** Whether at least half of the burst is there. */
    public boolean atLeastHalfFull(long nowNanos) {
        refill(nowNanos);
        return level >= capacity / 2;
    }

    private void refill(long nowNanos) {
        long elapsed = nowNanos - lastNanos;
        if (elapsed <= 0) {
            return;
        }
        lastNanos = nowNanos;
        // The product would overflow only after a span that fills any bucket.
        level = elapsed > Long.MAX_VALUE / 2 / perSecond ? capacity : Math.min(capacity, level + elapsed * perSecond);
    }
}
