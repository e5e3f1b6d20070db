package synod.consensus.pow.search;

import java.util.OptionalLong;

/**
 * How a node searches.
 *
 * @param threads 1 to 256
 * @param maxHashesPerSecond a cap over all threads together; empty: as fast as it goes
 */
public record SearchSettings(int threads, OptionalLong maxHashesPerSecond) {
    /** Checks the bounds. */
    public SearchSettings {
        if (threads < 1 || threads > 256) {
            throw new IllegalArgumentException("threads must be 1 to 256, not " + threads);
        }
        if (maxHashesPerSecond.isPresent() && maxHashesPerSecond.getAsLong() < 1) {
            throw new IllegalArgumentException(
                    "maxHashesPerSecond must be at least 1, not " + maxHashesPerSecond.getAsLong());
        }
    }
}
