package synod.node.stratum;

/**
 * Chooses one miner's difficulty so that its shares come every few seconds: enough to know its speed, few enough to check
 * thousands of miners. Difficulties go up and down by powers of two, as far as the job's range allows.
 *
 * <p>It goes by the work of the shares and not by their number: those of earlier jobs are rated as those were.
 */
final class Vardiff {
    /** The distance of shares that is aimed at. */
    static final long TARGET_MILLIS = 5_000;

    /** A difficulty is changed when shares are so many times too frequent or too rare. */
    private static final double TOLERANCE = 2;

    /** Judged after so many shares, or after so long without. */
    private static final int WINDOW_SHARES = 8;

    private static final long WINDOW_MILLIS = 40_000;

    /** Never judged over less: shares that waited somewhere come all at once. */
    private static final long MIN_WINDOW_MILLIS = 500;

    private double difficulty;
    private DifficultyRange range = new DifficultyRange(Double.MIN_VALUE, Double.MAX_VALUE);
    private long sinceMillis;
    private int shares;
    private double work;

    Vardiff(double difficulty, long nowMillis) {
        this.difficulty = difficulty;
        this.sinceMillis = nowMillis;
    }

    /** What the next job should have. */
    double difficulty() {
        return difficulty;
    }

    /** The miner wishes for this difficulty, until its shares say otherwise. */
    void suggest(double wanted) {
        difficulty = range.nearest(wanted);
    }

    /** From now on jobs have this range. */
    void within(DifficultyRange newRange) {
        range = newRange;
        difficulty = range.nearest(difficulty);
    }

    /** A share came, which was rated so. */
    void share(double rated) {
        shares++;
        work += rated;
    }

    /** Judges by the shares and the time since the last judgement; whether the difficulty is another now. */
    boolean adjust(long nowMillis) {
        long elapsed = nowMillis - sinceMillis;
        boolean enough = shares >= WINDOW_SHARES && elapsed >= MIN_WINDOW_MILLIS;
        if (!enough && elapsed < WINDOW_MILLIS) {
            return false;
        }
        // without a share, as if half a one had come
        double tooFrequent = (shares == 0 ? 0.5 : work / difficulty) * TARGET_MILLIS / elapsed;
        sinceMillis = nowMillis;
        shares = 0;
        work = 0;
        if (tooFrequent < TOLERANCE && tooFrequent > 1 / TOLERANCE) {
            return false;
        }
        double before = difficulty;
        double power = Math.rint(Math.log(tooFrequent) / Math.log(2));
        difficulty = range.nearest(difficulty * Math.pow(2, power));
        return difficulty != before;
    }
}
