package synod.node.stratum;

/**
 * The speed of a miner by its shares: work of the last minutes, the newer the heavier. A share stands for 2³² hashes times
 * its difficulty on average, so with a share every few seconds the figure is right to some ten percent.
 */
final class WorkRate {
    /** Work this old counts as one part in e. */
    private static final double DECAY_MILLIS = 120_000;

    private static final double HASHES_PER_DIFFICULTY = 0x1p32;
    private static final double MILLIS_PER_SECOND = 1_000;

    private final long startMillis;
    private double hashes;
    private long lastMillis;

    /** A miner that begins now. */
    WorkRate(long nowMillis) {
        startMillis = nowMillis;
        lastMillis = nowMillis;
    }

    /** A share came. */
    void add(double difficulty, long nowMillis) {
        hashes = decayed(nowMillis) + difficulty * HASHES_PER_DIFFICULTY;
        lastMillis = nowMillis;
    }

    /** Hashes per second. */
    double perSecond(long nowMillis) {
        double span = DECAY_MILLIS * -Math.expm1(-(nowMillis - startMillis) / DECAY_MILLIS);
        return span <= 0 ? 0 : decayed(nowMillis) * MILLIS_PER_SECOND / span;
    }

    private double decayed(long nowMillis) {
        return hashes * Math.exp(-(nowMillis - lastMillis) / DECAY_MILLIS);
    }
}
