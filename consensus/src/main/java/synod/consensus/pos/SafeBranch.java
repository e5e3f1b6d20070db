package synod.consensus.pos;

import synod.chain.tree.BlockNode;
import synod.consensus.branch.Preference;

/**
 * The chain rule: of the branches that contain the highest justified checkpoint the longest, never one that leaves what
 * is final.
 */
final class SafeBranch implements Preference {
    private final Branches branches;
    private final FinalityState finality;
    private final WeakSubjectivity trust;

    SafeBranch(Branches branches, FinalityState finality, WeakSubjectivity trust) {
        this.branches = branches;
        this.finality = finality;
        this.trust = trust;
    }

    /** Whether the branch that ends here may be built on and voted for. */
    boolean isSafe(BlockNode tip) {
        return branches.contains(tip, finality.justified())
                && branches.contains(tip, finality.finalized())
                && trust.admits(tip);
    }

    @Override
    public boolean isBetter(BlockNode node, BlockNode head) {
        return isSafe(node) && (!isSafe(head) || HEAVIER.isBetter(node, head));
    }

    /** What is justified may change: then a shorter branch is the one to follow. */
    @Override
    public boolean mayBecomeBetter(BlockNode node) {
        return !branches.isAdopted(node) && branches.contains(node, finality.finalized());
    }
}
