package synod.consensus.pbft;

/**
 * What a genesis file fixes about PBFT.
 *
 * @param baseTimeoutMillis how long a request may wait in the first view of a height before the primary is suspected
 * @param maxTimeoutMillis what the time-out, doubled in each view, is capped at
 * @param heartbeatMillis after so long without work an empty block is decided
 * @param futureDriftMillis how far a proposal's time may be ahead of the clock of the member that judges it
 */
public record PbftParameters(
        long baseTimeoutMillis, long maxTimeoutMillis, long heartbeatMillis, long futureDriftMillis) {
    private static final long HOUR_MILLIS = 3_600_000;

    /** Checks the bounds. */
    public PbftParameters {
        requireBetween("baseTimeoutMillis", baseTimeoutMillis, 10, HOUR_MILLIS);
        requireBetween("maxTimeoutMillis", maxTimeoutMillis, baseTimeoutMillis, HOUR_MILLIS);
        requireBetween("heartbeatMillis", heartbeatMillis, 10, 24 * HOUR_MILLIS);
        requireBetween("futureDriftMillis", futureDriftMillis, 1, 24 * HOUR_MILLIS);
    }

    private static void requireBetween(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ", not " + value);
        }
    }
}
