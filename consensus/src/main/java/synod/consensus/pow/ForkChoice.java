package synod.consensus.pow;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import synod.chain.tree.BlockNode;
import synod.chain.tree.BlockTree;
import synod.crypto.Hash;

/**
 * Which complete block should be the head: the one with the most cumulative work, and of several with the same work the
 * one seen first.
 *
 * <p>One adoption is under way at a time. Blocks heavier than the head that arrive meanwhile wait as candidates. When an
 * adoption fails, the heaviest candidate is next, and the failed block's parent becomes one: so a branch with a bad block
 * is followed back, step by step, to its last good one if that is still heavier than the head.
 */
final class ForkChoice {
    /** Candidates kept; beyond it the lightest goes. Only what arrives during one adoption collects here. */
    static final int MAX_CANDIDATES = 64;

    /** Rejected blocks remembered; beyond it the oldest is forgotten, and costs one more failed adoption. */
    static final int MAX_REJECTED = 1_024;

    private final BlockTree tree;

    /** In order of arrival. */
    private final LinkedHashMap<Hash, BlockNode> candidates = new LinkedHashMap<>();

    private final LinkedHashSet<Hash> rejected = new LinkedHashSet<>();
    private @Nullable BlockNode adopting;

    ForkChoice(BlockTree tree) {
        this.tree = tree;
    }

    /** A complete block has arrived: what is to be adopted now, if anything. */
    Optional<Hash> arrived(Hash id) {
        BlockNode node = tree.node(id)
                .orElseThrow(() -> new IllegalStateException("the block " + id + " arrived but is not in the tree"));
        if (isHeavierThanHead(node) && !rejected.contains(id) && !isAdopting(id)) {
            candidates.remove(node.parent());
            candidates.putIfAbsent(id, node);
            if (candidates.size() > MAX_CANDIDATES) {
                candidates.remove(lightestCandidate());
            }
        }
        return choose();
    }

    /** The adoption under way has ended: what is to be adopted next, if anything. */
    Optional<Hash> applied(Hash id, boolean success) {
        BlockNode done = adopting;
        if (done == null || !done.id().equals(id)) {
            throw new IllegalStateException("an end of adopting " + id + " is reported, but under way is "
                    + (done == null ? "none" : done.id()));
        }
        adopting = null;
        if (!success) {
            remember(id);
            tree.node(done.parent())
                    .filter(parent -> !rejected.contains(parent.id()))
                    .ifPresent(parent -> candidates.putIfAbsent(parent.id(), parent));
        }
        return choose();
    }

    /** Whether an adoption is under way. */
    boolean isAdopting() {
        return adopting != null;
    }

    private Optional<Hash> choose() {
        if (adopting != null) {
            return Optional.empty();
        }
        candidates.values().removeIf(node -> !isHeavierThanHead(node) || !tree.isComplete(node.id()));
        BlockNode best = null;
        for (BlockNode node : candidates.values()) {
            if (best == null || node.totalWeight().compareTo(best.totalWeight()) > 0) {
                best = node;
            }
        }
        if (best == null) {
            return Optional.empty();
        }
        candidates.remove(best.id());
        adopting = best;
        return Optional.of(best.id());
    }

    private boolean isHeavierThanHead(BlockNode node) {
        return node.totalWeight().compareTo(tree.head().totalWeight()) > 0;
    }

    /** Of several equally light ones the latest. */
    private Hash lightestCandidate() {
        Iterator<BlockNode> nodes = candidates.values().iterator();
        BlockNode lightest = nodes.next();
        while (nodes.hasNext()) {
            BlockNode node = nodes.next();
            if (node.totalWeight().compareTo(lightest.totalWeight()) <= 0) {
                lightest = node;
            }
        }
        return lightest.id();
    }

    private void remember(Hash id) {
        rejected.add(id);
        if (rejected.size() > MAX_REJECTED) {
            rejected.removeFirst();
        }
    }

    private boolean isAdopting(Hash id) {
        return adopting != null && adopting.id().equals(id);
    }
}
