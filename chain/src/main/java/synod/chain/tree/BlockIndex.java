package synod.chain.tree;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import synod.chain.BlockHeader;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.codec.ByteString;
import synod.chain.store.KeyValueReader;
import synod.chain.store.Position;
import synod.chain.store.WriteBatch;
import synod.chain.tree.TreeRows.StoredNode;
import synod.crypto.Hash;

/**
 * The tree of known headers: those near the head and those that wait for bodies in memory, the deep rest in the store.
 *
 * <p>Deep nodes get there by {@link #settle}, which gives what to write, and {@link #settled}, which says that it is
 * written; in between everything reads as before, so another thread may write. Only nodes that are complete are stored.
 * What was not settled when the node stopped must be inserted again from the journal.
 */
public final class BlockIndex implements BlockTree {
    private static final int DENSE_LOCATOR = 10;

    private final BlockNode genesis;
    private final TreeLimits limits;
    private final StoredNodes stored;
    private final AdoptedBranch adopted;
    private final InvalidBlocks invalid;
    private final LiveNodes live = new LiveNodes();
    private final List<LiveNode> beingWritten = new ArrayList<>();
    private boolean settling;
    private BlockNode head;

    /**
     * The tree as the store has it.
     *
     * @param genesis the block without a parent; it counts as complete and is never stored
     * @param head a block that the store has, or the genesis block: where the ledger stands
     * @throws synod.chain.store.DiskException if the store does not have the head, or is damaged
     */
    public BlockIndex(KeyValueReader store, BlockNode genesis, Hash head, TreeLimits limits) {
        this.genesis = genesis;
        this.limits = limits;
        this.stored = new StoredNodes(store, limits.maxCached());
        this.adopted = new AdoptedBranch(store, genesis.id());
        this.invalid = new InvalidBlocks(limits.maxIncomplete());
        this.head = node(head).orElseThrow(() -> TreeRows.damaged("the ledger's block " + head + " is missing"));
        resume(this.head);
    }

    /** The store says which branch was adopted; where that is not the head's, the head's counts. */
    private void resume(BlockNode resumed) {
        Deque<Hash> differing = new ArrayDeque<>();
        BlockNode block = resumed;
        while (adopted.stored(block.height()).filter(block.id()::equals).isEmpty()) {
            differing.addFirst(block.id());
            block = parent(block);
        }
        adopted.replaceAbove(block.height(), List.copyOf(differing));
    }

    /** The block without a parent. */
    public BlockNode genesis() {
        return genesis;
    }

    @Override
    public BlockNode head() {
        return head;
    }

    /** Invalid blocks are found too, as long as they are remembered. */
    @Override
    public Optional<BlockNode> node(Hash id) {
        if (id.equals(genesis.id())) {
            return Optional.of(genesis);
        }
        return live.find(id)
                .map(LiveNode::block)
                .or(() -> invalid.find(id).map(InvalidBlocks.Entry::block))
                .or(() -> stored.find(id).map(StoredNode::block));
    }

    /** Why this block, or one of its ancestors, is invalid, if it is known to be. */
    public Optional<Rejection> invalid(Hash id) {
        return invalid.find(id).map(InvalidBlocks.Entry::rejection);
    }

    @Override
    public Optional<BlockNode> canonical(long height) {
        return adopted.at(height).map(this::require);
    }

    @Override
    public boolean isComplete(Hash id) {
        if (id.equals(genesis.id())) {
            return true;
        }
        return live.find(id)
                .map(LiveNode::isComplete)
                .orElseGet(() -> invalid.find(id).isEmpty() && stored.find(id).isPresent());
    }

    /** Where the journal has this block, if it has. */
    public Optional<Position> body(Hash id) {
        return live.find(id).map(LiveNode::body).orElseGet(() -> stored.find(id).map(StoredNode::body));
    }

    /** How many nodes lack a body, their own or an ancestor's. At the limit, only heavier ones than these get in. */
    public int incompleteCount() {
        return live.incomplete();
    }

    /**
     * Adds a header that was judged by its ancestors.
     *
     * @param seal the proof that came with it
     * @param weight what it adds to the weight of its branch, more than zero
     */
    public Insertion insert(BlockHeader header, ByteString seal, BigInteger weight) {
        Optional<InvalidBlocks.Entry> refusedBefore = invalid.find(header.id());
        if (refusedBefore.isPresent()) {
            return new Insertion.Refused(refusedBefore.get().rejection());
        }
        Optional<BlockNode> known = node(header.id());
        if (known.isPresent()) {
            return new Insertion.Known(known.get());
        }
        Optional<BlockNode> parent = node(header.parent());
        if (parent.isEmpty()) {
            return refuse(Reason.UNKNOWN_PARENT, "parent " + header.parent() + " is not known here");
        }
        BlockNode block = new BlockNode(header, seal, parent.get().totalWeight().add(weight));
        if (invalid.find(header.parent()).isPresent()) {
            Rejection rejection = descendsFrom(header.parent());
            invalid.add(block, rejection);
            return new Insertion.Refused(rejection);
        }
        if (header.height() != parent.get().height() + 1) {
            return refuse(
                    Reason.BAD_HEIGHT,
                    "height " + header.height() + " on a parent of height "
                            + parent.get().height());
        }
        if (weight.signum() <= 0) {
            throw new IllegalArgumentException("a block that adds a weight of " + weight);
        }
        if (!makeRoom(block)) {
            return new Insertion.NoRoom();
        }
        live.add(block);
        return new Insertion.Added(block);
    }

    private static Insertion refuse(Reason reason, String detail) {
        return new Insertion.Refused(new Rejection(reason, detail));
    }

    private static Rejection descendsFrom(Hash invalid) {
        return new Rejection(Reason.INVALID_ANCESTOR, "its ancestor " + invalid + " is invalid");
    }

    private boolean makeRoom(BlockNode block) {
        if (live.incomplete() < limits.maxIncomplete()) {
            return true;
        }
        Optional<LiveNode> weakest = live.weakestIncomplete(block.parent())
                .filter(node -> node.block().totalWeight().compareTo(block.totalWeight()) < 0);
        weakest.ifPresent(live::remove);
        return weakest.isPresent();
    }

    /**
     * Notes that the journal has a block, durably. Does nothing for blocks that are not, or no longer, in the tree, and
     * for those whose body was noted before.
     *
     * @return the blocks that are now here with all their ancestors, ancestors first
     */
    public List<Hash> attachBody(Hash id, Position position) {
        return live.find(id)
                .filter(node -> node.body().isEmpty())
                .map(node ->
                        live.attach(node, position).stream().map(LiveNode::id).toList())
                .orElse(List.of());
    }

    /**
     * Makes a complete block the last one of the adopted branch.
     *
     * @throws IllegalStateException if it is not complete
     */
    public void setHead(Hash id) {
        if (!isComplete(id)) {
            throw new IllegalStateException("block " + id + " becomes the head without all its ancestors' bodies");
        }
        BlockNode fork = commonAncestor(head.id(), id);
        adopted.replaceAbove(fork.height(), path(fork.id(), id));
        head = require(id);
    }

    /**
     * Marks a block and its live descendants as invalid. Remembered in memory only.
     *
     * @throws IllegalStateException if it is on the adopted branch
     */
    public void markInvalid(Hash id, Rejection rejection) {
        BlockNode block = require(id);
        if (adopted.contains(block)) {
            throw new IllegalStateException(
                    "block " + id + " of the adopted branch is said to be invalid: " + rejection);
        }
        Set<Hash> marked = new HashSet<>();
        marked.add(id);
        invalid.add(block, rejection);
        Collection<LiveNode> higher = live.above(block.height());
        live.find(id).ifPresent(live::remove);
        for (LiveNode node : higher) {
            if (marked.contains(node.block().parent())) {
                marked.add(node.id());
                invalid.add(node.block(), descendsFrom(id));
                live.remove(node);
            }
        }
    }

    /**
     * Takes a node that is not complete, and all that follows it, out of the tree, as if their headers had never come.
     * Does nothing for blocks that are complete, or not in the tree.
     */
    public void forget(Hash id) {
        Deque<LiveNode> branch = new ArrayDeque<>();
        Deque<LiveNode> found = new ArrayDeque<>();
        live.find(id).filter(node -> !node.isComplete()).ifPresent(found::add);
        while (!found.isEmpty()) {
            LiveNode node = found.removeFirst();
            branch.addFirst(node);
            found.addAll(node.children());
        }
        branch.forEach(live::remove);
    }

    /**
     * The last block that two branches share.
     *
     * @throws IllegalStateException if one of them is unknown
     */
    public BlockNode commonAncestor(Hash one, Hash other) {
        BlockNode a = require(one);
        BlockNode b = require(other);
        while (!a.id().equals(b.id())) {
            if (a.height() >= b.height()) {
                a = descend(a, b.height());
            } else {
                b = descend(b, a.height());
            }
        }
        return a;
    }

    /** The ancestor at this height if the block is adopted, its parent if it is not or is not higher. */
    private BlockNode descend(BlockNode block, long height) {
        return block.height() > height && adopted.contains(block)
                ? canonical(height).orElseThrow()
                : parent(block);
    }

    /**
     * The blocks after an ancestor, up to and with a block, lowest first.
     *
     * @throws IllegalArgumentException if the first is no ancestor of the second, nor the same
     */
    public List<Hash> path(Hash ancestor, Hash id) {
        long bottom = require(ancestor).height();
        Deque<Hash> path = new ArrayDeque<>();
        BlockNode block = require(id);
        while (block.height() > bottom) {
            path.addFirst(block.id());
            block = parent(block);
        }
        if (!block.id().equals(ancestor)) {
            throw new IllegalArgumentException("block " + ancestor + " is no ancestor of " + id);
        }
        return List.copyOf(path);
    }

    /** The ends of the live branches, the heaviest first, at most so many. */
    public List<BlockNode> tips(int limit) {
        return live.heaviestFirst()
                .filter(node -> node.children().isEmpty())
                .limit(limit)
                .map(LiveNode::block)
                .toList();
    }

    /** The complete block with the heaviest branch, among equals the one known first; the head if no live one is heavier. */
    public BlockNode heaviestComplete() {
        return live.heaviestFirst()
                .filter(LiveNode::isComplete)
                .findFirst()
                .map(LiveNode::block)
                .filter(block -> block.totalWeight().compareTo(head.totalWeight()) > 0)
                .orElse(head);
    }

    /** Ids of the adopted branch from the head down to genesis: ten in a row, then ever twice as far apart. */
    public List<Hash> locator() {
        List<Hash> ids = new ArrayList<>();
        long step = 1;
        for (long height = head.height(); height > 0; height -= step) {
            ids.add(adopted.at(height).orElseThrow());
            step = ids.size() < DENSE_LOCATOR ? 1 : step * 2;
        }
        ids.add(genesis.id());
        return ids;
    }

    /**
     * The adopted branch after the first block of a locator that is on it (after genesis if none is), lowest first.
     *
     * @param limit at most so many
     */
    public List<BlockNode> headersAfter(List<Hash> locator, int limit) {
        long known = locator.stream()
                .flatMap(id -> node(id).stream())
                .filter(adopted::contains)
                .findFirst()
                .map(BlockNode::height)
                .orElse(0L);
        long end = Math.min(known + limit, head.height());
        long inMemory = Math.min(adopted.firstChanged(), end + 1);
        List<BlockNode> headers = new ArrayList<>(stored.adopted(known + 1, inMemory));
        for (long height = Math.max(known + 1, inMemory); height <= end; height++) {
            headers.add(canonical(height).orElseThrow());
        }
        return headers;
    }

    /**
     * Adds to a batch what the store must get so that it has every complete node up to this height, and the adopted
     * branch up to there. Belongs in one batch with what brings the ledger there.
     *
     * @throws IllegalStateException if the last batch is not yet settled
     */
    public void settle(long height, WriteBatch out) {
        if (settling) {
            throw new IllegalStateException("the last batch is not yet settled");
        }
        settling = true;
        for (LiveNode node : live.upTo(height)) {
            if (node.isComplete()) {
                BlockNode block = node.block();
                out.put(
                        TreeRows.node(block.height(), node.id()),
                        TreeRows.encode(block, node.body().orElseThrow()));
                out.put(TreeRows.height(node.id()), TreeRows.encodeHeight(block.height()));
                beingWritten.add(node);
            }
        }
        adopted.settle(height, out);
    }

    /** Says that the batch of {@link #settle} is written: what it holds leaves the memory. */
    public void settled() {
        if (!settling) {
            throw new IllegalStateException("nothing is being settled");
        }
        settling = false;
        adopted.settled();
        beingWritten.stream()
                .filter(node -> live.find(node.id()).filter(node::equals).isPresent())
                .forEach(live::remove);
        beingWritten.clear();
    }

    private BlockNode parent(BlockNode block) {
        return require(block.parent());
    }

    private BlockNode require(Hash id) {
        return node(id).orElseThrow(() -> new IllegalStateException("block " + id + " is not in the tree"));
    }
}
