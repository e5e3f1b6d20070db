package synod.node.rpc;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.chain.LedgerRules;
import synod.chain.SealedBlock;
import synod.chain.StateKey;
import synod.chain.codec.ByteString;
import synod.chain.codec.Encoder;
import synod.chain.mempool.MempoolView;
import synod.chain.mempool.Wait;
import synod.chain.stake.SlotClaim;
import synod.chain.stake.StakeEvidence;
import synod.chain.stake.StakeStatement;
import synod.chain.stake.StakeView;
import synod.chain.state.Account;
import synod.chain.state.LedgerView;
import synod.chain.state.StateProof;
import synod.chain.transaction.Anchor;
import synod.chain.transaction.MemberRecord;
import synod.chain.transaction.MemberVote;
import synod.chain.transaction.Payload;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.chain.tree.BlockNode;
import synod.chain.tree.BlockTree;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Ballot;
import synod.consensus.Buffer;
import synod.consensus.EngineStatus;
import synod.consensus.Evidence;
import synod.consensus.Finality;
import synod.consensus.Vote;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.MerkleTree;
import synod.crypto.PublicKey;
import synod.crypto.Signature;
import synod.crypto.SigningKey;
import synod.node.replica.Network;
import synod.node.replica.ReplicaView;
import synod.node.replica.SyncStatus;

/**
 * A replica's view of a small chain: genesis; a transfer of 5 from Alice to Bob; an anchor by Alice; an empty block.
 * Carol proposes, and one transfer of Bob waits. Blocks and transactions are real, the state is simply told.
 */
final class TestChain implements ReplicaView, BlockTree, LedgerView, MempoolView {
    static final SigningKey ALICE = key(1);
    static final SigningKey BOB = key(2);
    static final SigningKey CAROL = key(3);
    static final Hash DIGEST = Hash.of(filled(7));
    static final String MEMO = "für das Protokoll";
    static final String PREFIX = "tsyn";

    // A test extends the branch while the replica's thread reads it.
    final List<Block> blocks = new CopyOnWriteArrayList<>();
    final List<Transaction> waiting = new CopyOnWriteArrayList<>();
    volatile Optional<String> halted = Optional.empty();
    private final TreeMap<Address, Account> accounts = new TreeMap<>();
    private final Network network;

    TestChain() {
        HeaderCore core = core(Hash.ZERO, 0, List.of());
        Block genesis = new Block(new BlockHeader(BlockHeader.VERSION, Hash.ZERO, core, 0, 0), List.of());
        blocks.add(genesis);
        network = new Network(
                "test", genesis.id(), PREFIX, true, "pow", new LedgerRules(1 << 20, 1, Amount.ofCoins(50), 0, 2));
        extend(List.of(transfer(ALICE, 0, BOB, "5")));
        extend(List.of(sign(ALICE, 1, new Anchor(DIGEST, MEMO))));
        extend(List.of());
        accounts.put(address(ALICE), new Account(Amount.parse("94.9"), 2));
        accounts.put(address(BOB), new Account(Amount.parse("5"), 0));
        waiting.add(transfer(BOB, 0, ALICE, "0.25"));
    }

    static SigningKey key(int seed) {
        return SigningKey.of(filled(seed));
    }

    static Address address(SigningKey key) {
        return Address.of(key.publicKey());
    }

    static String text(SigningKey key) {
        return address(key).format(PREFIX);
    }

    static byte[] filled(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    Transaction transfer(SigningKey from, long nonce, SigningKey to, String coins) {
        return sign(from, nonce, new Transfer(address(to), Amount.parse(coins)));
    }

    Transaction sign(SigningKey from, long nonce, Payload payload) {
        return Transaction.sign(from, network.chainId(), nonce, Amount.parse("0.05"), payload);
    }

    /** Adds a block to the branch. */
    Block extend(List<Transaction> transactions) {
        Block parent = blocks.getLast();
        HeaderCore core = core(blocks.getFirst().id(), parent.height() + 1, transactions);
        Block block = new Block(
                new BlockHeader(BlockHeader.VERSION, parent.id(), core, 0x207fffff, 0xdeadbeef), transactions);
        blocks.add(block);
        return block;
    }

    private static HeaderCore core(Hash chainId, long height, List<Transaction> transactions) {
        return new HeaderCore(
                chainId,
                height,
                0,
                1_700_000_000_000L + height * 1000,
                address(CAROL),
                MerkleTree.root(transactions.stream().map(Transaction::encode).toList()),
                Hash.of(filled(0x50 + (int) height)),
                MerkleTree.EMPTY_ROOT,
                Hash.ZERO,
                ByteString.EMPTY);
    }

    BlockNode node(Block block) {
        return new BlockNode(block.header(), ByteString.EMPTY, BigInteger.valueOf(block.height()));
    }

    private Optional<Block> find(Hash id) {
        return blocks.stream().filter(block -> block.id().equals(id)).findFirst();
    }

    // ReplicaView

    @Override
    public long timeMillis() {
        return 1_700_000_010_000L;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public BlockTree blocks() {
        return this;
    }

    @Override
    public LedgerView ledger() {
        return this;
    }

    @Override
    public MempoolView mempool() {
        return this;
    }

    @Override
    public Optional<SealedBlock> block(Hash id) {
        return find(id).map(block -> new SealedBlock(block, ByteString.EMPTY));
    }

    @Override
    public Finality finality(Hash id) {
        long height = find(id).orElseThrow().height();
        return new Finality(Finality.Kind.PROBABILISTIC, height() - height + 1, false);
    }

    @Override
    public EngineStatus engine() {
        TreeMap<String, String> details = new TreeMap<>();
        details.put("difficulty", "1.5");
        return new EngineStatus("miner", halted.orElse("searches a block on height 3"), details, halted.isPresent());
    }

    /** Bob's key signed for two blocks. */
    @Override
    public List<Evidence> evidence() {
        return List.of(new Evidence(vote(Hash.of(filled(0x61))), vote(Hash.of(filled(0x62)))));
    }

    /** Carol's key claimed a slot for two blocks. */
    @Override
    public List<StakeEvidence> stakeEvidence() {
        SlotClaim first = new SlotClaim(17, Hash.of(filled(0x63)));
        SlotClaim second = new SlotClaim(17, Hash.of(filled(0x64)));
        return List.of(new StakeEvidence(CAROL.publicKey(), first, signature(first), second, signature(second)));
    }

    private Signature signature(StakeStatement statement) {
        return CAROL.sign(statement.signedBytes(network.chainId()));
    }

    private Vote vote(Hash block) {
        Ballot ballot = new Ballot(Ballot.Kind.COMMIT, network.chainId(), 4, 9, block);
        return new Vote(ballot, BOB.publicKey(), BOB.sign(ballot.signedBytes()));
    }

    @Override
    public List<Buffer> buffers() {
        return List.of();
    }

    @Override
    public SyncStatus sync() {
        return new SyncStatus(false, 3, "in step with 1 peer");
    }

    // BlockTree

    @Override
    public Optional<BlockNode> node(Hash id) {
        return find(id).map(this::node);
    }

    @Override
    public BlockNode head() {
        return node(blocks.getLast());
    }

    @Override
    public Optional<BlockNode> canonical(long height) {
        return height < blocks.size() ? Optional.of(node(blocks.get((int) height))) : Optional.empty();
    }

    @Override
    public boolean isComplete(Hash id) {
        return find(id).isPresent();
    }

    // LedgerView

    @Override
    public ValidatorSet validators() {
        return ValidatorSet.ofEqual(List.of(BOB.publicKey(), CAROL.publicKey()));
    }

    /** Carol wants Alice to be a member. */
    @Override
    public Optional<MemberRecord> member(PublicKey key) {
        return validators()
                .find(key)
                .map(_ -> new MemberRecord(
                        1,
                        key.equals(CAROL.publicKey())
                                ? Optional.of(new MemberVote(MemberVote.Change.ADD, ALICE.publicKey()))
                                : Optional.empty()));
    }

    @Override
    public long height() {
        return blocks.getLast().height();
    }

    @Override
    public Hash stateRoot() {
        return blocks.getLast().header().core().stateRoot();
    }

    @Override
    public Account account(Address address) {
        return accounts.getOrDefault(address, Account.EMPTY);
    }

    @Override
    public Optional<ByteString> record(StateKey key) {
        if (key.equals(Anchor.stateKey(address(ALICE), DIGEST))) {
            return Optional.of(ByteString.of(new Encoder(64)
                    .u64(2)
                    .u64(blocks.get(2).header().timeMillis())
                    .bytes8(MEMO.getBytes(StandardCharsets.UTF_8))
                    .toBytes()));
        }
        return accounts.entrySet().stream()
                .filter(entry -> StateKey.account(entry.getKey()).equals(key))
                .map(entry -> ByteString.of(
                        new Encoder(8).u64(entry.getValue().nonce()).toBytes()))
                .findFirst();
    }

    @Override
    public StateProof prove(StateKey key) {
        return new StateProof(key, record(key), List.of(), Optional.empty());
    }

    @Override
    public Optional<TransactionLocation> locate(Hash transaction) {
        for (Block block : blocks) {
            for (int i = 0; i < block.transactions().size(); i++) {
                if (block.transactions().get(i).id().equals(transaction)) {
                    return Optional.of(new TransactionLocation(block.height(), i));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<Hash> blockAt(long height) {
        return canonical(height).map(BlockNode::id);
    }

    @Override
    public List<HistoryEntry> history(Address address, HistoryEntry before, int limit) {
        List<HistoryEntry> entries = new ArrayList<>();
        for (Block block : blocks.reversed()) {
            for (int i = block.transactions().size() - 1; i >= 0; i--) {
                Transaction transaction = block.transactions().get(i);
                if (transaction.sender().equals(address)
                        || transaction.payload() instanceof Transfer transfer
                                && transfer.to().equals(address)) {
                    entries.add(new HistoryEntry(block.height(), i));
                }
            }
            if (address.equals(address(CAROL))
                    && block.height() > network.rules().maturityBlocks()) {
                entries.add(new HistoryEntry(block.height(), -1));
            }
        }
        return entries.stream()
                .filter(entry -> entry.isOlderThan(before))
                .limit(limit)
                .toList();
    }

    @Override
    public List<MaturingReward> maturing(Address proposer) {
        return proposer.equals(address(CAROL))
                ? List.of(new MaturingReward(2, 4, Amount.parse("50.05")), new MaturingReward(3, 5, Amount.ofCoins(50)))
                : List.of();
    }

    @Override
    public Amount supply() {
        return Amount.parse("250.00000001");
    }

    @Override
    public Amount burned() {
        return Amount.ZERO;
    }

    @Override
    public Optional<StakeView> stake() {
        return Optional.of(new TestStake());
    }

    // MempoolView

    @Override
    public Optional<Transaction> transaction(Hash id) {
        return waiting.stream()
                .filter(transaction -> transaction.id().equals(id))
                .findFirst();
    }

    @Override
    public Optional<Wait> why(Hash id) {
        return transaction(id).map(transaction -> new Wait(Wait.Cause.NEXT_BLOCK, "the next block takes it"));
    }

    @Override
    public long nextNonce(Address sender) {
        return account(sender).nonce()
                + waiting.stream()
                        .filter(transaction -> transaction.sender().equals(sender))
                        .count();
    }

    @Override
    public List<Transaction> inOrder(int limit) {
        return waiting.stream().limit(limit).toList();
    }

    @Override
    public int count() {
        return waiting.size();
    }

    @Override
    public long bytes() {
        return waiting.stream().mapToLong(Transaction::size).sum();
    }
}
