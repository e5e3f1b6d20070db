package synod.consensus.pos;

import java.util.Optional;
import synod.chain.tree.BlockNode;

/**
 * What keeps a node that was away for long from following a branch made with old keys: those whose stake came free since
 * it left have nothing to lose by signing another history, which such a node cannot tell from the true one. So it follows
 * only a branch with a block on it that somebody trusted has named.
 */
final class WeakSubjectivity {
    private final Branches branches;
    private final Optional<WeakCheckpoint> checkpoint;
    private final long unbondingMillis;
    private final long headAgeMillis;

    /** Judges by the newest block that the node has at its start. */
    WeakSubjectivity(Branches branches, Optional<WeakCheckpoint> checkpoint, long unbondingMillis, long startMillis) {
        this.branches = branches;
        this.checkpoint = checkpoint;
        this.unbondingMillis = unbondingMillis;
        this.headAgeMillis = startMillis - branches.tree().head().header().timeMillis();
    }

    /** Whether the branch that ends here may be followed. */
    boolean admits(BlockNode tip) {
        if (checkpoint.isPresent() && tip.height() >= checkpoint.get().height()) {
            return branches.contains(tip, checkpoint.get().block());
        }
        return !wasAwayTooLong();
    }

    /** Why the branch that the node is on may not be followed; empty if it may. */
    Optional<String> waitsFor() {
        if (admits(branches.tree().head())) {
            return Optional.empty();
        }
        if (checkpoint.isPresent()) {
            return Optional.of("waits for the branch with the checkpoint " + checkpoint.get());
        }
        return Optional.of("waits for a checkpoint: its newest block was " + seconds(headAgeMillis)
                + " old at the start, and after " + seconds(unbondingMillis)
                + " stake comes free, so that old keys can make another history at no cost; ask a node that you trust"
                + " for its head, and start with --checkpoint HEIGHT:ID");
    }

    private boolean wasAwayTooLong() {
        return headAgeMillis > unbondingMillis;
    }

    private static String seconds(long millis) {
        return millis / 1_000 + " s";
    }
}
