package synod.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.LedgerRules;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.consensus.Signer;
import synod.consensus.pow.CompactBits;
import synod.consensus.pow.PowParameters;
import synod.crypto.Address;
import synod.crypto.DevelopmentKeys;
import synod.crypto.Hash;
import synod.crypto.Sha256;
import synod.crypto.SigningKey;
import synod.genesis.Allocation;
import synod.genesis.EngineParameters;
import synod.genesis.Genesis;
import synod.node.replica.ChainGenesis;
import synod.node.wire.WireCodec;
import synod.p2p.NodeId;

/** The real replica under proof of work on a simulated network, disk and clock. */
class PowSimulationTest {
    private static final long START = 1_790_000_000_000L;
    private static final long BLOCK_MILLIS = 2_000;
    private static final int NODES = 4;
    private static final CompactBits EASIEST = new CompactBits(0x207fffff);

    private final ChainGenesis genesis = new ChainGenesis(new Genesis(
            "sim",
            "sim",
            true,
            START,
            new EngineParameters.Pow(new PowParameters(BLOCK_MILLIS, 60_000, EASIEST, EASIEST, 60_000, 11)),
            new LedgerRules(1 << 20, 1, Amount.ofCoins(50), 1_000, 5),
            List.of(new Allocation(
                    DevelopmentKeys.address("alice"), Amount.ofCoins(1_000_000), Optional.of("alice")))));

    private Simulation simulation(long seed) {
        Simulation simulation = new Simulation(
                seed,
                START,
                genesis.block0().id(),
                new WireCodec(
                        encoded -> genesis.consensus().verifyMessage(encoded).value()),
                20,
                PowSimulationTest::mine);
        for (int i = 0; i < NODES; i++) {
            SigningKey key = key(i);
            Address payout = Address.of(key.publicKey());
            simulation.add(
                    NodeId.of(key.publicKey()),
                    (store, journal) -> genesis.replica(
                            store, position -> SimNode.read(journal, position), Signer.of(key), Optional.of(payout)),
                    // memoryless, so that a search that starts anew with each template loses nothing
                    () -> (long) (-Math.log(1 - simulation.random().nextDouble()) * BLOCK_MILLIS * NODES));
        }
        return simulation;
    }

    private static SigningKey key(int node) {
        return SigningKey.of(Sha256.hash(new byte[] {(byte) node}).bytes());
    }

    private static Block mine(Block candidate) {
        BlockHeader header = candidate.header();
        CompactBits bits = new CompactBits(header.bits());
        for (int nonce = 0; ; nonce++) {
            BlockHeader tried = new BlockHeader(header.version(), header.parent(), header.core(), header.bits(), nonce);
            if (bits.isMetBy(tried.id())) {
                return new Block(tried, candidate.transactions());
            }
        }
    }

    private static boolean agree(List<SimNode> nodes) {
        return nodes.stream().map(SimNode::headId).distinct().count() == 1;
    }

    private Transaction transfer(long nonce) {
        return Transaction.sign(
                DevelopmentKeys.key("alice"),
                genesis.block0().id(),
                nonce,
                new Amount(10_000),
                new Transfer(DevelopmentKeys.address("bob"), Amount.ofCoins(1)));
    }

    @Test
    void nodesBuildOneChain() {
        Simulation simulation = simulation(1);
        simulation.nodes().forEach(SimNode::start);
        simulation.runFor(300_000);

        assertThat(simulation.runUntil(() -> agree(simulation.nodes()), 30_000)).isTrue();
        assertThat(simulation.nodes().getFirst().view().blocks().head().height())
                .isGreaterThan(50);
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        List<Hash> traces = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            Simulation simulation = simulation(7);
            simulation.nodes().forEach(SimNode::start);
            simulation.runFor(60_000);
            traces.add(simulation.traceHash());
        }
        assertThat(traces.get(0)).isEqualTo(traces.get(1));
    }

    @Test
    void aLateNodeFetchesTheChain() {
        Simulation simulation = simulation(3);
        List<SimNode> early = simulation.nodes().subList(0, 3);
        SimNode late = simulation.nodes().getLast();
        early.forEach(SimNode::start);
        simulation.runFor(2_000_000);
        late.start();

        assertThat(simulation.runUntil(() -> agree(simulation.nodes()), 60_000)).isTrue();
        assertThat(late.view().blocks().head().height()).isGreaterThan(600);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void aHealedPartitionEndsOnTheHeavierBranch(long seed) {
        Simulation simulation = simulation(seed);
        simulation.nodes().forEach(SimNode::start);
        simulation.runFor(20_000);
        simulation.isolate(simulation.nodes().subList(0, 1));
        simulation.runFor(600_000);
        assertThat(agree(simulation.nodes())).isFalse();
        simulation.heal();

        assertThat(simulation.runUntil(() -> agree(simulation.nodes()), 60_000)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25})
    void whatWasAcknowledgedSurvivesCrashes(long seed) {
        Simulation simulation = simulation(seed);
        simulation.nodes().forEach(SimNode::start);
        List<Transaction> submitted = new ArrayList<>();
        for (int round = 0; round < 12; round++) {
            SimNode client = simulation.nodes().get(simulation.random().nextInt(NODES));
            if (client.isUp()) {
                Transaction transaction = transfer(submitted.size());
                long ticket = round;
                client.submit(ticket, transaction);
                assertThat(simulation.runUntil(() -> client.answers().containsKey(ticket), 1_000))
                        .isTrue();
                assertThat(client.answers().get(ticket)).isEmpty();
                submitted.add(transaction);
            }
            SimNode victim = simulation.nodes().get(simulation.random().nextInt(NODES));
            if (victim.isUp()) {
                victim.crash();
            }
            simulation.runFor(simulation.random().nextLong(8_000));
            if (!victim.isUp()) {
                victim.start();
            }
            simulation.runFor(simulation.random().nextLong(2_000));
        }
        assertThat(submitted).isNotEmpty();
        assertThat(simulation.runUntil(
                        () -> agree(simulation.nodes())
                                && submitted.stream()
                                        .allMatch(transaction -> simulation
                                                .nodes()
                                                .getFirst()
                                                .view()
                                                .ledger()
                                                .locate(transaction.id())
                                                .isPresent()),
                        300_000))
                .isTrue();
    }
}
