package synod.node.stratum;

/**
 * Chooses one miner's difficulty so that its shares come every few seconds: enough to know its speed, few enough to check
 * thousands of miners. Difficulties go up and down by powers of two.
 */
final class Vardiff {
    /** The distance of shares that is aimed at. */
    static final long TARGET_MILLIS = 5_000;

    /** A difficulty is changed when shares are so many times too frequent or too rare. */
    private static final double TOLERANCE = 2;

    /** Judged after so many shares, or after so long without. */
    private static final int WINDOW_SHARES = 8;

    private static final long WINDOW_MILLIS = 40_000;
    /** Some 300,000 hashes a share: what checking one costs is nothing beside it. */
    private static final double MIN = 0x1p-14;

    private static final double MAX = 0x1p60;

    private double difficulty;
    private long sinceMillis;
    private int shares;

    Vardiff(double difficulty, long nowMillis) {
        this.difficulty = Math.clamp(difficulty, MIN, MAX);
        this.sinceMillis = nowMillis;
    }

    double difficulty() {
        return difficulty;
    }

    /** The miner wishes for this difficulty, until its shares say otherwise. */
    void suggest(double wanted, long nowMillis) {
        difficulty = Math.clamp(wanted, MIN, MAX);
        restart(nowMillis);
    }

    /** A share came. */
    void share() {
        shares++;
    }

    /** Judges by the shares and the time since the last change; whether the difficulty is another now. */
    boolean adjust(long nowMillis) {
        long elapsed = nowMillis - sinceMillis;
        if (shares < WINDOW_SHARES && elapsed < WINDOW_MILLIS) {
            return false;
        }
        // without a share, as if half a one had come
        double tooFrequent = Math.max(shares, 0.5) * TARGET_MILLIS / Math.max(elapsed, 1);
        restart(nowMillis);
        if (tooFrequent < TOLERANCE && tooFrequent > 1 / TOLERANCE) {
            return false;
        }
        double before = difficulty;
        double power = Math.rint(Math.log(tooFrequent) / Math.log(2));
        difficulty = Math.clamp(difficulty * Math.pow(2, power), MIN, MAX);
        return difficulty != before;
    }

    private void restart(long nowMillis) {
        sinceMillis = nowMillis;
        shares = 0;
    }
}
