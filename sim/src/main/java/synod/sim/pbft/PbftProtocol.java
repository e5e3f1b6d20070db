package synod.sim.pbft;

import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import synod.chain.Block;
import synod.chain.store.KeyValueReader;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Message;
import synod.consensus.Signer;
import synod.consensus.Vote;
import synod.consensus.pbft.PbftConsensus;
import synod.consensus.pbft.PbftEngine;
import synod.consensus.pbft.PbftParameters;
import synod.crypto.Address;
import synod.genesis.EngineParameters;
import synod.node.byzantine.Adversary;
import synod.node.byzantine.LyingMember;
import synod.node.byzantine.Strategies;
import synod.node.replica.BlockReader;
import synod.p2p.NodeId;
import synod.sim.check.Checker;
import synod.sim.check.OneFinalBlock;
import synod.sim.fault.FaultClass;
import synod.sim.protocol.KeyedHash;
import synod.sim.protocol.Protocol;
import synod.sim.protocol.SimChain;
import synod.sim.protocol.SimKeys;
import synod.sim.world.Marks;
import synod.sim.world.Member;
import synod.sim.world.World;

/** PBFT among a number of nodes, all of them members at first. */
public final class PbftProtocol implements Protocol {
    private static final PbftParameters PARAMETERS = new PbftParameters(1_000, 8_000, 5_000, 30_000);
    private static final long PROGRESS_BOUND_MILLIS = 120_000;

    private final ValidatorSet members;
    private final MemberHistory history;
    private final SimChain chain;
    private final PbftConsensus consensus;

    /** A network of so many members, and so many clients with coins. */
    public PbftProtocol(int nodes, int clients) {
        this.members = ValidatorSet.ofEqual(
                IntStream.range(0, nodes).mapToObj(SimKeys::member).toList());
        this.history = new MemberHistory(members);
        this.chain = new SimChain(new EngineParameters.Pbft(PARAMETERS, members), clients);
        this.consensus = new PbftConsensus(PARAMETERS, chain.block0().id(), KeyedHash::verifies);
    }

    @Override
    public SimChain chain() {
        return chain;
    }

    @Override
    public Member member(int number) {
        return new Voter(SimKeys.signer(members.key(number)));
    }

    @Override
    public int tolerated(int nodes) {
        return (nodes - 1) / 3;
    }

    @Override
    public int quorum(int nodes) {
        return VoteBook.quorum(nodes);
    }

    @Override
    public long progressBoundMillis() {
        return PROGRESS_BOUND_MILLIS;
    }

    @Override
    public List<Vote> votes(Message message) {
        return VoteBook.votes(message);
    }

    @Override
    public String describe(Message message) {
        return PbftWords.describe(message);
    }

    @Override
    public List<String> strategies() {
        return Strategies.names();
    }

    @Override
    public Adversary adversary(String strategy, int member, RandomGenerator random) {
        Signer signer = SimKeys.signer(members.key(member));
        return Strategies.named(strategy, new LyingMember(signer, chain.block0().id(), members), random);
    }

    @Override
    public int quorum(World world) {
        return world.swarm().rates().containsKey(FaultClass.ELECTION)
                ? members.size() - Elections.faulty(world, members)
                : quorum(members.size());
    }

    @Override
    public void begin(World world) {
        new Elections(world, members, history).begin();
    }

    @Override
    public List<Checker> checkers(Marks marks, OneFinalBlock finals) {
        VoteBook book = new VoteBook(history);
        SealStandsAlone seals = new SealStandsAlone();
        PbftCoverage coverage = new PbftCoverage(marks);
        finals.listen(history);
        finals.listen(seals);
        finals.listen(coverage);
        return List.of(
                book,
                new PromptJoin(history),
                new PreparedAgree(book),
                new CommittedSurvives(book),
                new NewViewBound(history),
                new LockKept(),
                seals,
                new SaidAfterDurable(),
                new EvidenceSound(marks),
                coverage);
    }

    /** One member. */
    private final class Voter implements Member {
        private final Signer signer;

        Voter(Signer signer) {
            this.signer = signer;
        }

        @Override
        public NodeId id() {
            return NodeId.of(signer.publicKey());
        }

        @Override
        public Assembled assemble(KeyValueReader store, BlockReader bodies) {
            Address payout = Address.of(signer.publicKey());
            return chain.assemble(
                    store,
                    bodies,
                    (index, ledger) -> new PbftEngine(consensus, index, ledger::validators, signer, payout));
        }

        @Override
        public long searchMillis(Random random) {
            throw new IllegalStateException("nobody mines here");
        }

        @Override
        public Block search(Block candidate) {
            throw new IllegalStateException("nobody mines here: " + candidate);
        }
    }
}
