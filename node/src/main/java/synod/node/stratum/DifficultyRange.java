package synod.node.stratum;

import synod.consensus.pow.CompactBits;

/**
 * The difficulties that shares of a job may have.
 *
 * @param least so that shares stand for some work, and those that are kept for all the work that a block is divided by
 * @param most the block's own: a share need never be harder
 */
record DifficultyRange(double least, double most) {
    /** Some 300,000 hashes a share: what checking one costs is nothing beside it. */
    private static final double MIN = 0x1p-14;

    /** The range for a block's target. */
    static DifficultyRange of(CompactBits bits) {
        double block = ShareTarget.difficulty(bits);
        return new DifficultyRange(Math.min(block, Math.max(MIN, ShareLedger.leastDifficulty(block))), block);
    }

    /** The nearest difficulty of the range. */
    double nearest(double difficulty) {
        return Math.clamp(difficulty, least, most);
    }
}
