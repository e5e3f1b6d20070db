package synod.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.LedgerRules;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.chain.codec.ByteString;
import synod.chain.mempool.MempoolLimits;
import synod.chain.state.GenesisAllocation;
import synod.chain.state.Ledger;
import synod.chain.store.Journal;
import synod.chain.store.KeyValueStore;
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
import synod.crypto.DevelopmentKeys;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.crypto.Sha256;
import synod.crypto.SigningKey;
import synod.genesis.Allocation;
import synod.genesis.EngineParameters;
import synod.genesis.Genesis;
import synod.node.replica.Network;
import synod.node.replica.Replica;
import synod.node.replica.ReplicaParts;
import synod.node.wire.WireCodec;
import synod.p2p.NodeId;

/** The real replica under an engine that decides and does not fork, with crashes. */
class AppointedSimulationTest {
    private static final long START = 1_790_000_000_000L;
    private static final int NODES = 5;
    private static final CompactBits EASIEST = new CompactBits(0x207fffff);
    private static final List<PublicKey> MEMBERS = IntStream.range(0, NODES)
            .mapToObj(node ->
                    SigningKey.of(Sha256.hash(new byte[] {(byte) node}).bytes()).publicKey())
            .toList();

    private final Genesis genesis = new Genesis(
            "appointed",
            "sim",
            true,
            START,
            new EngineParameters.Pow(new PowParameters(1_000, 60_000, EASIEST, EASIEST, 60_000, 11)),
            new LedgerRules(1 << 20, 1, Amount.ofCoins(50), 1_000, 5),
            List.of(new Allocation(DevelopmentKeys.address("alice"), Amount.ofCoins(1_000_000), Optional.of("alice"))));
    private final GenesisAllocation allocation = new GenesisAllocation(genesis.balances());
    private final Block block0 = genesis.block0(allocation.stateRoot());

    /** What each member voted for at each height, as its messages said over all its lives. */
    private final Map<String, Hash> votes = new TreeMap<>();

    private Message heard(byte[] encoded) throws RejectedException {
        Message message = AppointedEngine.decode(encoded);
        if (message instanceof AppointedEngine.Vote(var member, var height, var block)) {
            assertThat(votes.computeIfAbsent(member + " at " + height, _ -> block))
                    .as("a member voted twice at height %s", height)
                    .isEqualTo(block);
        }
        return message;
    }

    private Replica replica(int member, boolean forgetful, KeyValueStore store, Journal journal) {
        Ledger ledger = Ledger.open(store, genesis.rules(), allocation, block0);
        BlockNode root = new BlockNode(block0.header(), ByteString.EMPTY, BigInteger.ZERO);
        BlockIndex index = new BlockIndex(store, root, ledger.headId(), TreeLimits.DEFAULT);
        return new Replica(new ReplicaParts(
                new Network("appointed", block0.id(), "sim", true, "appointed", genesis.rules()),
                new Majority(),
                new AppointedEngine(MEMBERS, member, index, forgetful),
                index,
                ledger,
                position -> SimNode.read(journal, position),
                MempoolLimits.DEFAULT,
                4));
    }

    private Simulation simulation(long seed, boolean forgetful) {
        Simulation simulation =
                new Simulation(seed, START, block0.id(), new WireCodec(this::heard), 20, block -> block);
        for (int i = 0; i < NODES; i++) {
            int member = i;
            simulation.add(
                    NodeId.of(MEMBERS.get(i)), (store, journal) -> replica(member, forgetful, store, journal), () -> 0);
        }
        return simulation;
    }

    private Transaction transfer(long nonce) {
        return Transaction.sign(
                DevelopmentKeys.key("alice"),
                block0.id(),
                nonce,
                new Amount(10_000),
                new Transfer(DevelopmentKeys.address("bob"), Amount.ofCoins(1)));
    }

    private static boolean holdsAll(SimNode node, List<Transaction> transactions) {
        return transactions.stream()
                .allMatch(transaction ->
                        node.view().ledger().locate(transaction.id()).isPresent());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void decidesAcrossCrashesAndKeepsWhatItAcknowledged(long seed) {
        decideAcrossCrashes(seed, false);
    }

    @Test
    void membersThatSpeakBeforeTheDiskHasItAreCaught() {
        assertThatThrownBy(() -> {
                    for (long seed = 5; seed <= 25; seed++) {
                        votes.clear();
                        decideAcrossCrashes(seed, true);
                    }
                })
                .hasMessageContaining("a member voted twice");
    }

    private void decideAcrossCrashes(long seed, boolean forgetful) {
        Simulation simulation = simulation(seed, forgetful);
        List<SimNode> nodes = simulation.nodes();
        nodes.forEach(SimNode::start);
        List<Transaction> submitted = new ArrayList<>();
        for (int round = 0; round < 25; round++) {
            SimNode client = nodes.get(simulation.random().nextInt(NODES));
            Transaction transaction = transfer(submitted.size());
            long ticket = round;
            client.submit(ticket, transaction);
            assertThat(simulation.runUntil(() -> client.answers().containsKey(ticket), 1_000))
                    .isTrue();
            assertThat(client.answers().get(ticket)).isEmpty();
            submitted.add(transaction);
            simulation.runFor(simulation.random().nextLong(100));
            List<SimNode> victims = nodes.stream()
                    .filter(_ -> simulation.random().nextBoolean())
                    .toList();
            victims.forEach(SimNode::crash);
            simulation.runFor(simulation.random().nextLong(1_500));
            victims.forEach(SimNode::start);
        }
        assertThat(simulation.runUntil(() -> nodes.stream().allMatch(node -> holdsAll(node, submitted)), 120_000))
                .isTrue();
        long lowest = nodes.stream()
                .mapToLong(node -> node.view().blocks().head().height())
                .min()
                .orElseThrow();
        assertThat(lowest).isPositive();
        for (long height = 0; height <= lowest; height++) {
            long at = height;
            assertThat(nodes.stream()
                            .map(node -> node.view()
                                    .blocks()
                                    .canonical(at)
                                    .orElseThrow()
                                    .id())
                            .distinct())
                    .hasSize(1);
        }
        assertThat(votes).isNotEmpty();
    }

    /** A block is decided when its seal names more than half of the members. */
    private static final class Majority implements Consensus {
        @Override
        public String name() {
            return "appointed";
        }

        @Override
        public Optional<Rejection> checkHeader(BlockHeader header, ByteString seal, BlockTree tree, long nowMillis) {
            return seal.size() > NODES / 2
                    ? Optional.empty()
                    : Optional.of(new Rejection(Reason.BAD_SEAL, seal.size() + " votes of " + NODES));
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
        public Verified<Message> verifyMessage(byte[] encoded) throws RejectedException {
            return new Verified<>(AppointedEngine.decode(encoded));
        }
    }
}
