package synod.sim.protocol;

import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.store.KeyValueReader;
import synod.consensus.Message;
import synod.consensus.Vote;
import synod.consensus.pow.CompactBits;
import synod.consensus.pow.MiningSettings;
import synod.consensus.pow.PowConsensus;
import synod.consensus.pow.PowEngine;
import synod.consensus.pow.PowParameters;
import synod.crypto.Address;
import synod.genesis.EngineParameters;
import synod.node.byzantine.Adversary;
import synod.node.replica.BlockReader;
import synod.p2p.NodeId;
import synod.sim.check.Checker;
import synod.sim.check.HeavierOnly;
import synod.sim.check.OneFinalBlock;
import synod.sim.fault.Dice;
import synod.sim.world.Marks;
import synod.sim.world.Member;

/** Proof of work: every node mines. */
public final class PowProtocol implements Protocol {
    private static final long BLOCK_MILLIS = 2_000;
    private static final long PROGRESS_BOUND_MILLIS = 300_000;
    private static final CompactBits EASIEST = new CompactBits(0x207fffff);

    private final int nodes;
    private final PowConsensus consensus;
    private final SimChain chain;

    /** A network of so many miners, and so many clients with coins. */
    public PowProtocol(int nodes, int clients) {
        PowParameters parameters = new PowParameters(BLOCK_MILLIS, 60_000, EASIEST, EASIEST, 60_000, 11);
        this.nodes = nodes;
        this.consensus = new PowConsensus(parameters);
        this.chain = new SimChain(new EngineParameters.Pow(parameters), clients);
    }

    @Override
    public SimChain chain() {
        return chain;
    }

    @Override
    public Member member(int number) {
        return new Miner(number);
    }

    @Override
    public int tolerated(int members) {
        return members - 1;
    }

    @Override
    public int quorum(int members) {
        return 1;
    }

    @Override
    public long progressBoundMillis() {
        return PROGRESS_BOUND_MILLIS;
    }

    @Override
    public List<Vote> votes(Message message) {
        return List.of();
    }

    @Override
    public String describe(Message message) {
        throw new IllegalStateException("miners say nothing but blocks: " + message);
    }

    @Override
    public List<String> strategies() {
        return List.of();
    }

    @Override
    public Adversary adversary(String strategy, int member, RandomGenerator random) {
        throw new IllegalArgumentException("no strategy of miners is called '" + strategy + "'");
    }

    @Override
    public List<Checker> checkers(Marks marks, OneFinalBlock finals) {
        return List.of(new HeavierOnly());
    }

    /** One miner. Its share of the hash rate is as large as the others'. */
    private final class Miner implements Member {
        private final int number;

        Miner(int number) {
            this.number = number;
        }

        @Override
        public NodeId id() {
            return NodeId.of(SimKeys.member(number));
        }

        @Override
        public Assembled assemble(KeyValueReader store, BlockReader bodies) {
            Address payout = Address.of(SimKeys.member(number));
            return chain.assemble(
                    store, bodies, (index, _) -> new PowEngine(consensus, index, MiningSettings.payingTo(payout)));
        }

        @Override
        public long searchMillis(Random random) {
            // memoryless, so that a search that starts anew with each template loses nothing
            return 1 + Dice.exponential(random, (double) BLOCK_MILLIS * nodes);
        }

        @Override
        public Block search(Block candidate) {
            BlockHeader header = candidate.header();
            CompactBits bits = new CompactBits(header.bits());
            for (int nonce = 0; ; nonce++) {
                BlockHeader tried =
                        new BlockHeader(header.version(), header.parent(), header.core(), header.bits(), nonce);
                if (bits.isMetBy(tried.id())) {
                    return new Block(tried, candidate.transactions());
                }
            }
        }
    }
}
