package synod.node.replica;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.LedgerRules;
import synod.chain.RejectedException;
import synod.chain.Rejection;
import synod.chain.SealedBlock;
import synod.chain.Verified;
import synod.chain.codec.ByteString;
import synod.chain.mempool.MempoolLimits;
import synod.chain.state.BlockTemplate;
import synod.chain.state.GenesisAllocation;
import synod.chain.state.Ledger;
import synod.chain.store.Journal;
import synod.chain.store.JournalLimits;
import synod.chain.store.MemoryDisk;
import synod.chain.store.MemoryKeyValueStore;
import synod.chain.store.Position;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.chain.tree.BlockIndex;
import synod.chain.tree.BlockNode;
import synod.chain.tree.BlockTree;
import synod.chain.tree.TreeLimits;
import synod.consensus.Consensus;
import synod.consensus.Finality;
import synod.consensus.Message;
import synod.consensus.pow.CompactBits;
import synod.consensus.pow.PowParameters;
import synod.crypto.Address;
import synod.crypto.DevelopmentKeys;
import synod.crypto.Sha256;
import synod.genesis.Allocation;
import synod.genesis.EngineParameters;
import synod.genesis.Genesis;
import synod.node.journal.JournalEntry;
import synod.node.journal.SoftState;
import synod.node.wire.WireMessage;
import synod.p2p.NodeId;

/**
 * A replica with a scripted engine on a simulated disk, whose outputs the test carries out when it wants. Every header is
 * good and weighs one.
 */
final class ReplicaBench {
    static final long START = 1_790_000_000_000L;
    static final CompactBits EASIEST = new CompactBits(0x207fffff);

    private static final Genesis GENESIS = new Genesis(
            "bench",
            "bench",
            true,
            START,
            new EngineParameters.Pow(new PowParameters(1_000, 60_000, EASIEST, EASIEST, 60_000, 11)),
            new LedgerRules(1 << 20, 1, Amount.ofCoins(50), 1_000, 5),
            List.of(new Allocation(DevelopmentKeys.address("alice"), Amount.ofCoins(1_000_000), Optional.of("alice"))));
    private static final GenesisAllocation ALLOCATION = new GenesisAllocation(GENESIS.balances());
    static final Block BLOCK_0 = GENESIS.block0(ALLOCATION.stateRoot());

    final ScriptedEngine engine = new ScriptedEngine();
    final List<Output> outputs = new ArrayList<>();
    final List<Output.Append> appends = new ArrayList<>();
    final List<Output.Write> writes = new ArrayList<>();
    final Replica replica;
    private final Journal journal;
    private final SoftState softState = new SoftState();
    private final MemoryKeyValueStore store;
    long now = START + 1_000;

    ReplicaBench() {
        this(new MemoryDisk(), new MemoryKeyValueStore());
    }

    /** A replica over what an earlier one left; it has not started. */
    ReplicaBench(MemoryDisk disk, MemoryKeyValueStore store) {
        this.store = store;
        journal = Journal.open(disk, BLOCK_0.id(), 7, JournalLimits.DEFAULT);
        journal.scan(journal.lastSegmentStart(), record -> {
            softState.apply(decode(record.kind(), record.payload()));
            return true;
        });
        journal.carryOver(softState);
        Ledger ledger = Ledger.open(store, GENESIS.rules(), ALLOCATION, BLOCK_0);
        BlockNode root = new BlockNode(BLOCK_0.header(), ByteString.EMPTY, BigInteger.ZERO);
        replica = new Replica(new ReplicaParts(
                new Network("bench", BLOCK_0.id(), "bench", true, "scripted", GENESIS.rules()),
                new Lenient(),
                engine,
                new BlockIndex(store, root, ledger.headId(), TreeLimits.DEFAULT),
                ledger,
                this::read,
                MempoolLimits.DEFAULT,
                4));
    }

    /** Reads the journal and starts, as a node does. */
    ReplicaBench start() {
        recover();
        step(new Input.Started(
                softState.acknowledgedTransactions().stream().map(Verified::new).toList(), softState.engineEntries()));
        return this;
    }

    /** Reads the journal. */
    void recover() {
        journal.scan(UnsettledBodies.recoverFrom(store).orElse(journal.start()), record -> {
            if (!record.carriedOver()
                    && decode(record.kind(), record.payload()) instanceof JournalEntry.BlockEntry(SealedBlock block)) {
                step(new Input.Recovered(block, record.position()));
            }
            return true;
        });
    }

    private static JournalEntry decode(int kind, byte[] payload) {
        try {
            return JournalEntry.decode(kind, payload);
        } catch (RejectedException e) {
            throw new IllegalStateException(e.rejection().toString(), e);
        }
    }

    private SealedBlock read(Position position) {
        var record = journal.read(position);
        if (decode(record.kind(), record.payload()) instanceof JournalEntry.BlockEntry(SealedBlock block)) {
            return block;
        }
        throw new IllegalStateException("no block at " + position);
    }

    /** Feeds an input; what is to be journaled or written waits for the test. */
    List<Output> step(Input input) {
        List<Output> step = replica.step(now, input);
        outputs.addAll(step);
        for (Output output : step) {
            switch (output) {
                case Output.Append append -> appends.add(append);
                case Output.Write write -> writes.add(write);
                default -> {}
            }
        }
        return step;
    }

    /** Makes all that waits for the journal durable, also what that leads to. */
    void sync() {
        while (!appends.isEmpty()) {
            Output.Append append = appends.removeFirst();
            List<Position> positions = new ArrayList<>();
            for (JournalEntry entry : append.entries()) {
                positions.add(journal.append(entry.kind(), entry.payload()));
                softState.apply(entry);
            }
            journal.sync();
            step(new Input.Durable(append.ticket(), positions));
        }
    }

    /** Carries out the writes to the store. */
    void write() {
        while (!writes.isEmpty()) {
            Output.Write write = writes.removeFirst();
            store.write(write.batch(), false);
            step(new Input.Written(write.ticket()));
        }
    }

    /** Gives the engine an event to answer. */
    void prod() {
        step(new Input.TimerExpired("engine/prod"));
    }

    List<Transaction> keptByTheJournal() {
        return softState.acknowledgedTransactions();
    }

    <T extends WireMessage> List<T> sent(NodeId to, Class<T> kind) {
        return outputs.stream()
                .flatMap(output -> output instanceof Output.Send(var peer, var message)
                                && peer.equals(to)
                                && kind.isInstance(message)
                        ? Stream.of(kind.cast(message))
                        : Stream.empty())
                .toList();
    }

    /** Blocks one on the other after block 0, with these transactions in the first. */
    static List<Block> branch(String proposer, int length, List<Transaction> first) {
        Ledger ledger = Ledger.open(new MemoryKeyValueStore(), GENESIS.rules(), ALLOCATION, BLOCK_0);
        Address payout = new Address(Sha256.hash(proposer.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            Block block = ledger.draft(
                            new BlockTemplate(payout, START + (i + 1) * 1_000L, 0, ByteString.EMPTY),
                            i == 0 ? first : List.of(),
                            1_000)
                    .block();
            try {
                ledger.push(block);
            } catch (RejectedException e) {
                throw new IllegalStateException(e.rejection().toString(), e);
            }
            blocks.add(block);
        }
        return blocks;
    }

    static Transaction transfer(long nonce, long fee) {
        return Transaction.sign(
                DevelopmentKeys.key("alice"),
                BLOCK_0.id(),
                nonce,
                new Amount(fee),
                new Transfer(DevelopmentKeys.address("bob"), Amount.ofCoins(1)));
    }

    static SealedBlock sealed(Block block) {
        return new SealedBlock(block, ByteString.EMPTY);
    }

    /** Rules that let every header pass. */
    private static final class Lenient implements Consensus {
        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public Optional<Rejection> checkHeader(BlockHeader header, ByteString seal, BlockTree tree, long nowMillis) {
            return Optional.empty();
        }

        @Override
        public BigInteger weight(BlockHeader header) {
            return BigInteger.ONE;
        }

        @Override
        public Finality.Kind finality() {
            return Finality.Kind.CRASH;
        }

        @Override
        public Verified<Message> verifyMessage(byte[] encoded) {
            return new Verified<>(() -> encoded);
        }
    }
}
