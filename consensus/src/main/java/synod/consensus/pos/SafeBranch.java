package synod.consensus.pos;

import synod.chain.stake.Checkpoint;
import synod.chain.tree.BlockNode;
import synod.consensus.branch.Preference;

/**
 * The chain rule: of the branches that contain the highest justified checkpoint the longest, never one that leaves what
 * is final.
 */
final class SafeBranch implements Preference {
    private final Branches branches;
    private final FinalityState finality;
    private final Promise promise;
    private final Trust trust;

    SafeBranch(Branches branches, FinalityState finality, Promise promise, Trust trust) {
        this.branches = branches;
        this.finality = finality;
        this.promise = promise;
        this.trust = trust;
    }

    /** Whether the branch that ends here may be built on and voted for. */
    boolean isSafe(BlockNode tip) {
        return branches.contains(tip, finality.justified())
                && branches.contains(tip, finality.finalized())
                && trust.isTrusted(tip);
    }

    /** The checkpoint whose branch is to be followed: the highest that is justified, or promised to be. */
    Checkpoint goal() {
        return promise.open().map(promised -> promised.link().target()).orElse(finality.justified());
    }

    /** Whether the branch that ends here may be followed. */
    boolean mayFollow(BlockNode tip) {
        return branches.contains(tip, goal()) && branches.contains(tip, finality.finalized()) && trust.mayFollow(tip);
    }

    @Override
    public boolean isBetter(BlockNode node, BlockNode head) {
        return mayFollow(node) && (!mayFollow(head) || HEAVIER.isBetter(node, head));
    }

    /** What is justified may change: then a shorter branch is the one to follow. */
    @Override
    public boolean mayBecomeBetter(BlockNode node) {
        return !branches.isAdopted(node) && branches.contains(node, finality.finalized());
    }
}
