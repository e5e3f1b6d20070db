package synod.consensus.pow.search;

import java.util.Arrays;

/**
 * Counts hashes and tells the rate over the last {@value #WINDOW_SECONDS} seconds. The clock is the caller's. Safe for
 * several threads.
 */
public final class HashRateMeter {
    /** The rate is taken over so long. */
    public static final int WINDOW_SECONDS = 10;

    private static final long SECOND_NANOS = 1_000_000_000;

    private final long startNanos;
    /** Hashes by second, a ring: the second n since the start is at n modulo the length. */
    private final long[] bySecond = new long[WINDOW_SECONDS + 1];

    private long lastSecond;
    private long total;

    /** A meter that starts now, on a clock with any origin that never goes back. */
    public HashRateMeter(long nowNanos) {
        startNanos = nowNanos;
    }

    /** Counts hashes that were done up to now. */
    public synchronized void add(long hashes, long nowNanos) {
        advance(nowNanos);
        bySecond[(int) (lastSecond % bySecond.length)] += hashes;
        total += hashes;
    }

    /** All hashes ever counted. */
    public synchronized long total() {
        return total;
    }

    /** Hashes per second over the window; over the time since the start while that is shorter. */
    public synchronized double perSecond(long nowNanos) {
        advance(nowNanos);
        long sinceStartNanos = nowNanos - startNanos;
        if (sinceStartNanos <= 0) {
            return 0;
        }
        long intoSecondNanos = sinceStartNanos % SECOND_NANOS;
        long spanNanos = Math.min(sinceStartNanos, WINDOW_SECONDS * SECOND_NANOS + intoSecondNanos);
        return Arrays.stream(bySecond).sum() * (double) SECOND_NANOS / spanNanos;
    }

    private void advance(long nowNanos) {
        long second = Math.max(lastSecond, (nowNanos - startNanos) / SECOND_NANOS);
        long cleared = Math.min(second - lastSecond, bySecond.length);
        for (long i = 0; i < cleared; i++) {
            bySecond[(int) ((second - i) % bySecond.length)] = 0;
        }
        lastSecond = second;
    }
}
