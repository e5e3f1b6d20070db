package synod.node.replica;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import synod.chain.Block;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.Rejection;
import synod.chain.SealedBlock;
import synod.chain.codec.ByteString;
import synod.chain.stake.ProposerAdmission;
import synod.chain.state.BlockDraft;
import synod.chain.state.BlockTemplate;
import synod.chain.state.Ledger;
import synod.chain.store.Position;
import synod.chain.store.WriteBatch;
import synod.chain.transaction.Transaction;
import synod.chain.tree.BlockIndex;
import synod.chain.tree.BlockNode;
import synod.chain.tree.BlockTree;
import synod.chain.tree.Insertion;
import synod.consensus.Action;
import synod.consensus.Consensus;
import synod.crypto.Hash;
import synod.node.journal.JournalEntry;
import synod.node.sync.SyncedChain;
import synod.node.wire.SealedHeader;

/**
 * The tree of blocks and the ledger at its head, moved together.
 *
 * <p>A block's body is in the tree only when it is durable in the journal, so the ledger never runs ahead of what a
 * restart can rebuild. The key-value store follows behind, asynchronously: {@link #settle} hands out what it must write.
 */
final class Chain implements SyncedChain {
    private static final int MAX_CANDIDATES = 100_000;
    private static final int MAX_TIPS = 1_000;

    private final Consensus consensus;
    private final BlockIndex index;
    private final Ledger ledger;
    private final Bodies bodies;
    private final RecoveredBlocks recovery;
    private final Optional<ProposerAdmission> proposers;
    private final UnsettledBodies unsettled = new UnsettledBodies();
    private long finalizedHeight;

    /** What became of a wish to move the head. */
    sealed interface Adoption {
        /** The head moved: these left the branch (highest first), these joined it. */
        record Moved(List<Block> abandoned, List<Block> adopted) implements Adoption {}

        /** This block broke a rule when executed; the head is where it was. */
        record Refused(Hash block, Rejection rejection) implements Adoption {}

        /** Blocks below the fork are just being written; to be tried again when that is done. */
        record Postponed() implements Adoption {}
    }

    Chain(Consensus consensus, BlockIndex index, Ledger ledger, BlockReader reader) {
        this.consensus = consensus;
        this.index = index;
        this.ledger = ledger;
        this.bodies = new Bodies(index, reader);
        this.recovery = new RecoveredBlocks(index, consensus);
        this.proposers = ledger.stake().map(stake -> new ProposerAdmission(stake.rules()));
        rememberStake();
        // what was never to be undone before the restart is not to be now
        this.finalizedHeight = consensus.isInstantlyFinal() ? index.head().height() : ledger.lowestPop();
    }

    @Override
    public BlockTree tree() {
        return index;
    }

    BlockIndex index() {
        return index;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Marks a block that is not on the adopted branch, and its descendants, as broken for good. */
    void refuse(Hash id, Rejection rejection) {
        index.markInvalid(id, rejection);
    }

    boolean isInvalid(Hash id) {
        return index.invalid(id).isPresent();
    }

    BlockNode head() {
        return index.head();
    }

    long finalizedHeight() {
        return finalizedHeight;
    }

    @Override
    public Optional<Rejection> offerHeader(SealedHeader sealed, long nowMillis) {
        Hash id = sealed.header().id();
        if (index.node(id).isPresent()) {
            return Optional.empty();
        }
        Hash parent = sealed.header().parent();
        if (index.node(parent).isEmpty()) {
            return Optional.of(new Rejection(Reason.UNKNOWN_PARENT, "parent " + parent + " is not known here"));
        }
        Optional<Rejection> parentRefused = index.invalid(parent);
        if (parentRefused.isPresent()) {
            return Optional.of(
                    new Rejection(Reason.INVALID_ANCESTOR, "its ancestor was refused: " + parentRefused.get()));
        }
        Optional<Rejection> rejection = consensus.checkHeader(sealed.header(), sealed.seal(), index, nowMillis);
        if (rejection.isPresent()) {
            return rejection;
        }
        Optional<Rejection> notLeading = proposers.flatMap(known -> known.check(sealed.header()));
        if (notLeading.isPresent()) {
            return notLeading;
        }
        if (forksBelowFinal(index.node(parent).orElseThrow())) {
            // no fault of who has not heard that another branch is final; but nothing comes of it here
            return Optional.empty();
        }
        return switch (index.insert(sealed.header(), sealed.seal(), consensus.weight(sealed.header()))) {
            case Insertion.Refused(var refusal) -> Optional.of(refusal);
            // no room is no fault of the header's; it is asked for again when there is some
            case Insertion.Added _, Insertion.Known _, Insertion.NoRoom _ -> Optional.empty();
        };
    }

    /** Whether a child of this block that is not known yet would fork off below what is final. */
    private boolean forksBelowFinal(BlockNode parent) {
        return !consensus.isInstantlyFinal()
                && (parent.height() < finalizedHeight
                        || parent.height() == finalizedHeight
                                && index.canonical(finalizedHeight)
                                        .filter(parent::equals)
                                        .isEmpty());
    }

    /** Whether the branch that ends with this known block forks off below what is final. */
    boolean leavesFinal(Hash id) {
        return finalizedHeight > 0
                && !consensus.isInstantlyFinal()
                && index.commonAncestor(index.head().id(), id).height() < finalizedHeight;
    }

    @Override
    public boolean lacksBody(Hash id) {
        return index.node(id).isPresent()
                && index.body(id).isEmpty()
                && !bodies.isStoring(id)
                && !id.equals(index.genesis().id())
                && index.invalid(id).isEmpty();
    }

    /**
     * A branch that falls short of the head's weight must have, since the fork, at least half the weight a block that the
     * adopted branch has: the two sides of a partition do, headers made at a low difficulty do not.
     */
    @Override
    public boolean isWorthFetching(Hash tip) {
        BlockNode head = index.head();
        BlockNode node = index.node(tip).orElseThrow();
        if (index.invalid(tip).isPresent() || leavesFinal(tip)) {
            return false;
        }
        if (node.totalWeight().compareTo(head.totalWeight()) >= 0) {
            return true;
        }
        BlockNode fork = index.commonAncestor(head.id(), tip);
        BigInteger weight = node.totalWeight().subtract(fork.totalWeight());
        BigInteger headWeight = head.totalWeight().subtract(fork.totalWeight());
        return weight.shiftLeft(1)
                        .multiply(BigInteger.valueOf(head.height() - fork.height()))
                        .compareTo(headWeight.multiply(BigInteger.valueOf(node.height() - fork.height())))
                >= 0;
    }

    @Override
    public void forget(Hash id) {
        index.forget(id);
    }

    @Override
    public List<Hash> locator() {
        List<Hash> locator = new ArrayList<>();
        index.tips(1).stream().filter(tip -> !index.isComplete(tip.id())).forEach(tip -> locator.add(tip.parent()));
        locator.addAll(index.locator());
        return locator;
    }

    /** A body whose header is in the tree; returns what the journal must take. */
    JournalEntry store(SealedBlock block) {
        bodies.storing(block);
        return new JournalEntry.BlockEntry(block);
    }

    /** A block read back from the journal; returns the blocks that are now here with all their ancestors. */
    List<Hash> recovered(SealedBlock block, Position position) {
        // also of one that waits for its parent: until it is settled a restart must find it again
        unsettled.add(position, block.block().height());
        return recovery.add(block, position).stream()
                .flatMap(link -> attach(link.id(), link.position()).stream())
                .toList();
    }

    /** The journal is read to its end. Returns the ends of the complete branches beside the adopted one. */
    List<Hash> finishRecovery() {
        recovery.finish();
        return index.tips(MAX_TIPS).stream()
                .map(BlockNode::id)
                .filter(tip -> index.isComplete(tip) && !tip.equals(head().id()))
                .toList();
    }

    /** The body is durable; returns the blocks that are now here with all their ancestors, ancestors first. */
    List<Hash> stored(Hash id, Position position) {
        bodies.stored(id);
        return attach(id, position);
    }

    private List<Hash> attach(Hash id, Position position) {
        index.node(id).ifPresent(node -> unsettled.add(position, node.height()));
        return index.attachBody(id, position);
    }

    Optional<SealedBlock> block(Hash id) {
        // block 0 comes from the genesis file, and is never journaled
        return id.equals(index.genesis().id())
                ? Optional.of(new SealedBlock(new Block(index.genesis().header(), List.of()), ByteString.EMPTY))
                : bodies.find(id);
    }

    /** Makes a complete block the head. */
    Adoption adopt(Hash target) {
        Optional<Rejection> known = index.invalid(target);
        if (known.isPresent()) {
            return new Adoption.Refused(target, known.get());
        }
        BlockNode oldHead = index.head();
        BlockNode fork = index.commonAncestor(oldHead.id(), target);
        if (fork.height() < finalizedHeight) {
            throw new IllegalStateException("the engine left the final block at height " + finalizedHeight + " for "
                    + target + ", which forks off at " + fork.height());
        }
        if (fork.height() < ledger.lowestPop()) {
            return new Adoption.Postponed();
        }
        Deque<Block> abandoned = new ArrayDeque<>();
        while (ledger.height() > fork.height()) {
            abandoned.addLast(
                    body(index.canonical(ledger.height()).orElseThrow().id()));
            ledger.pop();
        }
        List<Block> adopted = new ArrayList<>();
        for (Hash id : index.path(fork.id(), target)) {
            Block block = body(id);
            try {
                ledger.push(block);
                rememberStake();
            } catch (RejectedException e) {
                restore(adopted, abandoned);
                index.markInvalid(id, e.rejection());
                return new Adoption.Refused(id, e.rejection());
            }
            adopted.add(block);
        }
        index.setHead(target);
        if (consensus.isInstantlyFinal()) {
            finalizedHeight = index.head().height();
        }
        return new Adoption.Moved(List.copyOf(abandoned), adopted);
    }

    private void rememberStake() {
        proposers.ifPresent(known ->
                known.executed(ledger.headId(), ledger.stake().orElseThrow().ahead()));
    }

    private void restore(List<Block> adopted, Deque<Block> abandoned) {
        adopted.forEach(_ -> ledger.pop());
        abandoned.descendingIterator().forEachRemaining(block -> {
            try {
                ledger.push(block);
            } catch (RejectedException e) {
                throw new IllegalStateException(block + " was executed before and is refused now: " + e.rejection(), e);
            }
        });
    }

    private Block body(Hash id) {
        return bodies.find(id)
                .orElseThrow(() -> new IllegalStateException("block " + id + " is on the branch but has no body here"))
                .block();
    }

    /** Executes a child of the head and takes it back. */
    Optional<Rejection> validate(Block block) {
        try {
            ledger.push(block);
            ledger.pop();
            return Optional.empty();
        } catch (RejectedException e) {
            return Optional.of(e.rejection());
        }
    }

    /** Never undo this block. */
    BlockNode finalizeBlock(Hash id) {
        BlockNode node = index.node(id)
                .filter(found ->
                        index.canonical(found.height()).filter(found::equals).isPresent())
                .orElseThrow(() -> new IllegalStateException(
                        "the engine finalized " + id + ", which is not on the adopted branch"));
        finalizedHeight = Math.max(finalizedHeight, node.height());
        return node;
    }

    /** What the store must write so that it holds the ledger and the index at this height. */
    WriteBatch settle(long height) {
        WriteBatch batch = ledger.settle(height, Math.min(finalizedHeight, height));
        index.settle(height, batch);
        unsettled.settle(height, batch);
        return batch;
    }

    /** What {@link #settle} handed out is written. */
    void settled(long height) {
        index.settled();
        ledger.settled(height);
        unsettled.settled(height);
    }

    /** A block on the head with these candidates; the ledger stays as it is. */
    BlockDraft build(Action.BuildBlock request, Iterable<Transaction> candidates) {
        BlockTemplate template =
                new BlockTemplate(request.proposer(), request.timeMillis(), request.bits(), request.engineField());
        return ledger.draft(template, candidates, MAX_CANDIDATES);
    }
}
