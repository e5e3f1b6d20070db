package synod.consensus.pow;

/**
 * What a genesis file fixes about proof of work.
 *
 * @param targetIntervalMillis the time between blocks that the difficulty aims at
 * @param halfLifeMillis ASERT's half-life: so far behind schedule the target doubles
 * @param powLimit the easiest target ever allowed
 * @param initialBits the target of the first block, no easier than the limit
 * @param futureDriftMillis how far a block's time may be ahead of the clock of the node that judges it
 * @param medianTimeBlocks a block's time must be after the median of this many blocks before it; odd
 */
public record PowParameters(
        long targetIntervalMillis,
        long halfLifeMillis,
        CompactBits powLimit,
        CompactBits initialBits,
        long futureDriftMillis,
        int medianTimeBlocks) {

    /** Bitcoin's window for the median time past. */
    public static final int MEDIAN_TIME_BLOCKS = 11;

    private static final long DAY_MILLIS = 86_400_000;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException naming the parameter, its value and what is allowed
     */
    public PowParameters {
        requireBetween("targetIntervalMillis", targetIntervalMillis, 10, DAY_MILLIS);
        requireBetween("halfLifeMillis", halfLifeMillis, targetIntervalMillis, 365 * DAY_MILLIS);
        requireBetween("futureDriftMillis", futureDriftMillis, 1, DAY_MILLIS);
        requireBetween("medianTimeBlocks", medianTimeBlocks, 1, 101);
        if (medianTimeBlocks % 2 == 0) {
            throw new IllegalArgumentException("medianTimeBlocks must be odd, not " + medianTimeBlocks);
        }
        if (initialBits.target().compareTo(powLimit.target()) > 0) {
            throw new IllegalArgumentException(
                    "initialBits " + initialBits + " is an easier target than powLimitBits " + powLimit);
        }
    }

    /** The difficulty rule with these parameters. */
    public Asert asert() {
        return new Asert(targetIntervalMillis, halfLifeMillis, powLimit);
    }

    private static void requireBetween(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ", not " + value);
        }
    }
}
