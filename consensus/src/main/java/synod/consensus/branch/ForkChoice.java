package synod.consensus.branch;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import synod.chain.tree.BlockNode;
import synod.chain.tree.BlockTree;
import synod.crypto.Hash;

/**
 * Which complete block should be the head: the one that the engine prefers, and of several that it likes the same the one
 * seen first.
 *
 * <p>One adoption is under way at a time. Blocks better than the head that arrive meanwhile wait as candidates. When an
 * adoption fails, the best candidate is next, and the failed block's parent becomes one: so a branch with a bad block is
 * followed back, step by step, to its last good one if that is still better than the head.
 */
public final class ForkChoice {
    /** Candidates kept; beyond it the lightest goes. Only what arrives during one adoption, or may be preferred later. */
    public static final int MAX_CANDIDATES = 64;

    /** Rejected blocks remembered; beyond it the oldest is forgotten, and costs one more failed adoption. */
    static final int MAX_REJECTED = 1_024;

    private final BlockTree tree;
    private final Preference preference;

    /** In order of arrival. */
    private final LinkedHashMap<Hash, BlockNode> candidates = new LinkedHashMap<>();

    private final LinkedHashSet<Hash> rejected = new LinkedHashSet<>();
    private @Nullable BlockNode adopting;
    private BlockNode adoptingFrom;

    /** A choice among the tree's blocks. */
    public ForkChoice(BlockTree tree, Preference preference) {
        this.tree = tree;
        this.preference = preference;
        this.adoptingFrom = tree.head();
    }

    /** A complete block has arrived: what is to be adopted now, if anything. */
    public Optional<Hash> arrived(Hash id) {
        BlockNode node = tree.node(id)
                .orElseThrow(() -> new IllegalStateException("the block " + id + " arrived but is not in the tree"));
        if (isWorthKeeping(node) && !rejected.contains(id) && !isAdopting(id)) {
            candidates.remove(node.parent());
            keep(node);
        }
        return choose();
    }

    /** The adoption under way has ended: what is to be adopted next, if anything. */
    public Optional<Hash> applied(Hash id, boolean success) {
        BlockNode done = adopting;
        if (done == null || !done.id().equals(id)) {
            throw new IllegalStateException("an end of adopting " + id + " is reported, but under way is "
                    + (done == null ? "none" : done.id()));
        }
        adopting = null;
        if (success) {
            leave(adoptingFrom, done);
        } else {
            remember(id);
            tree.node(done.parent())
                    .filter(parent -> !rejected.contains(parent.id()))
                    .ifPresent(parent -> candidates.putIfAbsent(parent.id(), parent));
        }
        return choose();
    }

    /** What the engine prefers has changed: what is to be adopted now, if anything. */
    public Optional<Hash> reconsider() {
        return choose();
    }

    /** Whether an adoption is under way. */
    public boolean isAdopting() {
        return adopting != null;
    }

    /** The old head may be wanted back, where it is not an ancestor of the new one. */
    private void leave(BlockNode oldHead, BlockNode newHead) {
        if (!newHead.parent().equals(oldHead.id()) && isWorthKeeping(oldHead)) {
            keep(oldHead);
        }
    }

    private void keep(BlockNode node) {
        candidates.putIfAbsent(node.id(), node);
        if (candidates.size() > MAX_CANDIDATES) {
            candidates.remove(lightestCandidate());
        }
    }

    private Optional<Hash> choose() {
        if (adopting != null) {
            return Optional.empty();
        }
        candidates.values().removeIf(node -> !isWorthKeeping(node) || !tree.isComplete(node.id()));
        BlockNode best = null;
        for (BlockNode node : candidates.values()) {
            if (preference.isBetter(node, best == null ? tree.head() : best)) {
                best = node;
            }
        }
        if (best == null) {
            return Optional.empty();
        }
        candidates.remove(best.id());
        adopting = best;
        adoptingFrom = tree.head();
        return Optional.of(best.id());
    }

    private boolean isWorthKeeping(BlockNode node) {
        return preference.isBetter(node, tree.head()) || preference.mayBecomeBetter(node);
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
