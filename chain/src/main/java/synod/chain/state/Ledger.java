package synod.chain.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.HeaderCore;
import synod.chain.LedgerRules;
import synod.chain.RejectedException;
import synod.chain.StateKey;
import synod.chain.codec.ByteString;
import synod.chain.stake.EpochState;
import synod.chain.stake.SlotTurn;
import synod.chain.stake.StakeGenesis;
import synod.chain.stake.StakeTable;
import synod.chain.stake.StakeView;
import synod.chain.store.KeyValueReader;
import synod.chain.store.WriteBatch;
import synod.chain.transaction.Transaction;
import synod.chain.validator.ValidatorSet;
import synod.crypto.Address;
import synod.crypto.Hash;

/**
 * The ledger's state after a head block: a base, which the store holds, and a stack of executed blocks above it.
 *
 * <p>Blocks are pushed on and popped off the head; a push that is refused leaves no trace, and a pop restores exactly
 * what was before. {@link #settle} moves the base up (or down, after blocks in the store were popped): it gives one
 * batch to write, and until {@link #settled} says that it is written, reads are right whether the store holds it or not.
 * So another thread may write, while blocks are pushed and popped above the height that is being settled.
 *
 * <p>For one thread, the store apart.
 */
public final class Ledger implements LedgerView {
    /** So many branches of the tree are kept in memory once they are in the store, and some more between trimmings. */
    private static final int CACHED_BRANCHES = 1 << 16;

    private final KeyValueReader store;
    private final LedgerRules rules;
    private final GenesisAllocation allocation;
    private final Hash chainId;
    private final StateTree tree;
    private final RecordTable records;
    private final LedgerIndex index;
    private final Optional<HeadStake> stake;
    private final List<Layer> layers = new ArrayList<>();

    /** What the store holds. */
    private Layer.Top stored;

    /** On what the layers stand: what the store holds, or an ancestor of it once blocks in the store were popped. */
    private Layer.Top base;

    /** No block at this height or below is ever popped. */
    private long undoFloor;

    private Optional<Settlement> settlement = Optional.empty();
    private long createdAtTrim;

    /**
     * What the block came to that was executed last. Its id covers its parent and its transactions, so when it is pushed
     * again, as one that was validated before it is adopted, it comes to the same.
     */
    private @Nullable Executed last;

    private record Executed(Hash block, Execution.Outcome outcome, TreeNode root) {}

    private Ledger(KeyValueReader store, LedgerRules rules, GenesisAllocation allocation, Block genesis) {
        this.store = store;
        this.rules = rules;
        this.allocation = allocation;
        this.chainId = genesis.id();
        this.tree = new StateTree(store::get);
        this.records = new RecordTable(store::get);
        this.index = new LedgerIndex(store);
        Optional<BaseBlock> row = store.get(Rows.BASE)
                .map(bytes -> Stored.read(bytes, "the base block", in -> BaseBlock.decode(in, chainId)));
        this.stake = rules.stake().map(stakeRules -> new HeadStake(stakeRules, records, this::head));
        this.stored = row.map(this::stored)
                .orElse(new Layer.Top(-1, Hash.ZERO, TreeNode.EMPTY, ValidatorSet.EMPTY, Optional.empty()));
        this.base = stored;
        this.undoFloor = row.map(BaseBlock::undoFloor).orElse(0L);
    }

    private Layer.Top stored(BaseBlock row) {
        Optional<EpochState> epoch = stake.map(HeadStake::storedEpoch);
        return new Layer.Top(
                row.height(),
                row.id(),
                tree.open(row.stateRoot()),
                epoch.map(state -> state.next().validators()).orElseGet(() -> Members.stored(store)),
                epoch);
    }

    /**
     * The ledger as the store holds it, at {@link #height}. In an empty store that is the genesis block, which the first
     * {@link #settle} writes with the rest.
     *
     * @param genesis block 0; its header's state root and validators root must be the allocation's
     * @throws synod.chain.store.DiskException if the store holds another chain, another format, or damage
     */
    public static Ledger open(KeyValueReader store, LedgerRules rules, GenesisAllocation allocation, Block genesis) {
        if (genesis.height() != 0 || !genesis.transactions().isEmpty()) {
            throw new IllegalArgumentException("a genesis block has height 0 and no transactions");
        }
        if (!rules.stake().equals(allocation.stake().map(StakeGenesis::rules))) {
            throw new IllegalArgumentException("the rules about stake are not those of the stake there is at first");
        }
        Ledger ledger = new Ledger(store, rules, allocation, genesis);
        if (ledger.base.height() < 0) {
            ledger.pushGenesis(genesis);
        }
        return ledger;
    }

    private void pushGenesis(Block genesis) {
        TreeNode root = allocation.apply(tree);
        if (!root.hash().equals(genesis.header().core().stateRoot())) {
            throw new IllegalArgumentException("the genesis block names the state root "
                    + genesis.header().core().stateRoot() + ", and its allocation gives " + root.hash());
        }
        Hash validatorsRoot = allocation.validators().root();
        if (!validatorsRoot.equals(genesis.header().core().validatorsRoot())) {
            throw new IllegalArgumentException("the genesis block names the validators root "
                    + genesis.header().core().validatorsRoot() + ", and its members' is " + validatorsRoot);
        }
        Execution.Outcome outcome = new Execution.Outcome(
                allocation.changes(),
                List.of(),
                new LinkedHashMap<>(),
                allocation.validators(),
                allocation.stake().map(StakeGenesis::epoch));
        append(genesis, outcome, root);
    }

    /** The genesis block's id. */
    public Hash chainId() {
        return chainId;
    }

    /** What the network's genesis fixes. */
    public LedgerRules rules() {
        return rules;
    }

    /** The head block's id. */
    public Hash headId() {
        return head().id();
    }

    /** How many blocks are above what the store holds, or is about to hold: what {@link #settle} could move there. */
    public long unsettled() {
        return height() - settlement.map(Settlement::target).orElse(base).height();
    }

    /** The lowest height that a pop can lead to. */
    public long lowestPop() {
        return settlement.map(under -> under.target().height()).orElse(undoFloor);
    }

    private Layer.Top head() {
        return layers.isEmpty() ? base : layers.getLast().top();
    }

    /**
     * Executes a block on the head and makes it the head. Header rules of the engine and signatures must have been
     * checked before.
     *
     * <p>{@code BAD_TRANSACTIONS_ROOT} says that these transactions are not the header's, and nothing about the header:
     * other transactions may belong to it. It is found before anything else about the transactions, so every other
     * reason is a fault of the header's block for good.
     *
     * @return the receipts of its transactions
     * @throws RejectedException if it breaks a rule; the ledger is then as it was
     */
    public List<Receipt> push(Block block) throws RejectedException {
        BlockChecks.checkPlace(block.header(), chainId, height(), headId());
        BlockChecks.checkBody(block, rules);
        Executed executed = last;
        if (executed == null || !executed.block().equals(block.id())) {
            executed = execute(block);
            last = executed;
        }
        append(block, executed.outcome(), executed.root());
        return executed.outcome().receipts();
    }

    private Executed execute(Block block) throws RejectedException {
        HeaderCore core = block.header().core();
        Optional<SlotTurn> turn = Optional.empty();
        if (stake.isPresent()) {
            turn = Optional.of(stake.get().turn(core));
        }
        Execution execution = execution(core.proposer(), core.timeMillis(), turn);
        BlockChecks.executeAll(execution, block.transactions());
        Execution.Outcome outcome = execution.finish();
        TreeNode root = rootAfter(outcome.changes());
        BlockChecks.checkOutcome(
                core,
                root.hash(),
                BlockChecks.receiptsRoot(outcome.receipts()),
                outcome.validators().root());
        return new Executed(block.id(), outcome, root);
    }

    private Execution execution(Address proposer, long timeMillis, Optional<SlotTurn> turn) {
        return new Execution(rules, records, validators(), height() + 1, timeMillis, proposer, turn);
    }

    private TreeNode rootAfter(List<RecordChange> changes) {
        List<StateTree.Change> leaves = new ArrayList<>(changes.size());
        changes.forEach(change -> leaves.add(tree.change(change.key(), change.after())));
        return tree.update(head().root(), leaves);
    }

    private void append(Block block, Execution.Outcome outcome, TreeNode root) {
        Layer.Top parent = head();
        Layer.Top top = new Layer.Top(parent.height() + 1, block.id(), root, outcome.validators(), outcome.epoch());
        List<RecordChange> changes = outcome.changes();
        List<Hash> transactions =
                block.transactions().stream().map(Transaction::id).toList();
        LedgerIndex.BlockRows rows = new LedgerIndex.BlockRows(top.height(), transactions, outcome.history());
        index.push(rows);
        layers.add(new Layer(top, parent, changes, records.push(top.height(), changes), rows));
        stake.ifPresent(present -> present.moved(changes.stream().map(RecordChange::key)));
    }

    /**
     * Takes the head block off; its parent is the head then, and all is as it was before the block was pushed. Blocks in
     * the store are popped by their undo records.
     *
     * @return the id of the block that was taken off
     * @throws IllegalStateException if the block was settled as final, is being settled, or is the genesis block
     */
    public Hash pop() {
        Layer.Top popped = head();
        if (popped.height() <= lowestPop()) {
            throw new IllegalStateException("the block at height " + popped.height()
                    + " cannot be taken off: it is final, or its write is under way");
        }
        if (layers.isEmpty()) {
            undoBase();
        } else {
            Layer layer = layers.removeLast();
            records.pop(layer.versions());
            index.pop(layer.rows());
            stake.ifPresent(present -> present.moved(layer.changes().stream().map(RecordChange::key)));
        }
        return popped.id();
    }

    private void undoBase() {
        String name = "the undo record of height " + base.height();
        byte[] row = store.get(Rows.undo(base.height())).orElseThrow(() -> Stored.damaged(name + " is missing"));
        UndoRecord undo = Stored.read(row, name, UndoRecord::decode);
        if (!undo.block().equals(base.id())) {
            throw Stored.damaged(name + " is of another block");
        }
        List<StateTree.Change> leaves = new ArrayList<>(undo.records().size());
        undo.records().forEach(record -> leaves.add(tree.change(record.key(), record.value())));
        TreeNode root = tree.update(base.root(), leaves);
        if (!root.hash().equals(undo.parentStateRoot())) {
            throw Stored.damaged(name + " leads to another state root than the block before had");
        }
        records.rollBack(undo.records());
        index.rollBack(base.height(), undo);
        stake.ifPresent(present -> present.moved(undo.records().stream().map(UndoRecord.Previous::key)));
        Optional<EpochState> epoch = stake.map(HeadStake::storedEpoch);
        base = new Layer.Top(
                base.height() - 1,
                undo.parent(),
                root,
                epoch.map(state -> state.next().validators())
                        .orElseGet(() -> Members.before(base.validators(), undo.records())),
                epoch);
    }

    /**
     * Builds a block on the head and leaves the ledger as it is. Where stake decides, whether the proposer leads the slot is
     * left to the caller.
     *
     * @param candidates in the order in which to try them; one that breaks a rule where it stands is skipped, and one
     *     that finds no room is passed over
     * @param maxCandidates at most so many of them are looked at
     * @throws IllegalArgumentException where stake decides, if the time is not in a later slot than the head's, or the
     *     engine field is no {@link synod.chain.stake.LeaderProof}
     */
    public BlockDraft draft(BlockTemplate template, Iterable<Transaction> candidates, int maxCandidates) {
        Execution execution = execution(
                template.proposer(),
                template.timeMillis(),
                stake.map(present -> present.draftTurn(template.timeMillis(), template.engineField())));
        int room = rules.maxBlockBytes()
                - BlockBody.HEADER_BYTES
                - template.engineField().size();
        BlockBody body = BlockBody.choose(execution, candidates, maxCandidates, room);
        Execution.Outcome outcome = execution.finish();
        return new BlockDraft(
                body.assemble(
                        template,
                        chainId,
                        height() + 1,
                        headId(),
                        rootAfter(outcome.changes()).hash(),
                        outcome),
                body.skipped());
    }

    /**
     * Everything that the store must write, as one batch, to hold the state after the block at this height of the
     * adopted branch. Write it, then call {@link #settled}.
     *
     * @param height from {@link #height} down to the base, which is at the last settled height or below it
     * @param finalHeight blocks up to this height will never be popped: they get no undo records, and those that there
     *     are go; −1 if there are none
     * @throws IllegalStateException if another batch is not yet settled
     */
    public WriteBatch settle(long height, long finalHeight) {
        if (settlement.isPresent()) {
            throw new IllegalStateException(
                    "the batch up to height " + settlement.get().target().height() + " is not yet settled");
        }
        if (height < base.height() || height > height() || height < 0) {
            throw new IllegalArgumentException("height " + height + " cannot be settled: the base is at "
                    + base.height() + ", the head at " + height());
        }
        List<Layer> settling = layersUpTo(height);
        Layer.Top target = settling.isEmpty() ? base : settling.getLast().top();
        long floor = Math.max(undoFloor, Math.min(finalHeight, height));
        Settlement next = new Settlement(target, List.copyOf(settling), floor);
        WriteBatch out = new WriteBatch();
        records.settle(next.versions(), height, out);
        index.settle(next.rows(), out);
        tree.difference(stored.root(), target.root(), out);
        next.appendTo(out, chainId, stored.height(), undoFloor);
        settlement = Optional.of(next);
        return out;
    }

    /**
     * Says that the store holds the batch of {@link #settle}.
     *
     * @throws IllegalStateException if none up to this height was handed out
     */
    public void settled(long height) {
        Settlement done = settlement
                .filter(under -> under.target().height() == height)
                .orElseThrow(() -> new IllegalStateException("nothing is being settled up to height " + height));
        records.settled(done.versions(), height);
        index.settled(done.rows());
        layersUpTo(height).clear();
        stored = done.target();
        base = done.target();
        undoFloor = done.undoFloor();
        settlement = Optional.empty();
        if (tree.created() - createdAtTrim > CACHED_BRANCHES) {
            tree.trim(stored.root(), CACHED_BRANCHES);
            createdAtTrim = tree.created();
        }
    }

    private List<Layer> layersUpTo(long height) {
        return layers.subList(0, (int) (height - base.height()));
    }

    /** Checks all of the state against itself, reading all of it. */
    public LedgerAudit audit() {
        List<List<RecordTable.Version>> above =
                layers.stream().map(Layer::versions).toList();
        NavigableMap<StateKey, Optional<byte[]>> newer = records.aboveStore(above);
        return LedgerAudit.of(store, newer, rules.supplyAt(height(), allocation.supply()), stateRoot());
    }

    @Override
    public long height() {
        return head().height();
    }

    @Override
    public Hash stateRoot() {
        return head().root().hash();
    }

    @Override
    public ValidatorSet validators() {
        return head().validators();
    }

    @Override
    public Account account(Address address) {
        return records.read(StateKey.account(address))
                .map(WorkingSet::decodeAccount)
                .orElse(Account.EMPTY);
    }

    @Override
    public Optional<ByteString> record(StateKey key) {
        return records.read(key).map(ByteString::of);
    }

    @Override
    public StateProof prove(StateKey key) {
        return tree.prove(head().root(), key, record(key));
    }

    @Override
    public Optional<TransactionLocation> locate(Hash transaction) {
        return index.locate(transaction, base.height());
    }

    @Override
    public Optional<Hash> blockAt(long height) {
        if (height < 0 || height > height()) {
            return Optional.empty();
        }
        if (height > base.height()) {
            return Optional.of(
                    layers.get((int) (height - base.height() - 1)).top().id());
        }
        return store.get(Rows.block(height)).map(Hash::of);
    }

    @Override
    public List<HistoryEntry> history(Address address, HistoryEntry before, int limit) {
        if (limit < 1 || limit > MAX_HISTORY) {
            throw new IllegalArgumentException("a limit of 1 to " + MAX_HISTORY + ", not " + limit);
        }
        return index.history(address, before, limit, base.height());
    }

    @Override
    public List<MaturingReward> maturing(Address proposer) {
        List<MaturingReward> rewards = new ArrayList<>();
        for (long earned = Math.max(1, height() - rules.maturityBlocks() + 1); earned <= height(); earned++) {
            long height = earned;
            records.read(StateKey.reward(height))
                    .map(record -> Stored.read(record, "a maturing reward", Reward::decode))
                    .filter(reward -> reward.proposer().equals(proposer))
                    .ifPresent(reward ->
                            rewards.add(new MaturingReward(height, height + rules.maturityBlocks(), reward.amount())));
        }
        return rewards;
    }

    @Override
    public Optional<StakeView> stake() {
        return stake.map(present -> present);
    }

    @Override
    public Amount burned() {
        return new StakeTable(new StakeReaderOf(records)).burned();
    }

    @Override
    public Amount supply() {
        return Execution.supply(records.read(StateKey.SUPPLY));
    }
}
