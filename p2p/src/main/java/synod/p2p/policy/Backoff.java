package synod.p2p.policy;

import java.util.random.RandomGenerator;

/**
 * Exponential back-off with jitter: the n-th wait lies between half and all of {@code firstMillis * 2^n}, capped.
 *
 * <p>The jitter keeps nodes that lost each other at one moment from dialling at one moment.
 *
 * @param firstMillis the wait after the first failure, at least 1
 * @param capMillis the longest wait
 */
public record Backoff(long firstMillis, long capMillis) {
    /** Checks the bounds. */
    public Backoff {
        if (firstMillis < 1 || capMillis < firstMillis) {
            throw new IllegalArgumentException(
                    "a back-off needs 1 <= first <= cap, not " + firstMillis + " and " + capMillis + " ms");
        }
    }

    /** The wait after so many failures before this one, in milliseconds, at least 1. */
    public long delayMillis(int earlierFailures, RandomGenerator random) {
        int doublings = Math.min(earlierFailures, Long.numberOfLeadingZeros(firstMillis) - 1);
        long full = Math.min(capMillis, firstMillis << doublings);
        return Math.max(1, full - random.nextLong(full / 2 + 1));
    }
}
