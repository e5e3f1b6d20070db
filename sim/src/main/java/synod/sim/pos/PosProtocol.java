package synod.sim.pos;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.codec.ByteString;
import synod.chain.stake.EpochState;
import synod.chain.stake.Ratio;
import synod.chain.stake.SlotClock;
import synod.chain.stake.StakeRecord;
import synod.chain.stake.StakeRules;
import synod.chain.stake.StakeSnapshot;
import synod.chain.stake.Staker;
import synod.chain.store.KeyValueReader;
import synod.chain.transaction.Bond;
import synod.chain.transaction.Payload;
import synod.chain.transaction.Unbond;
import synod.consensus.Message;
import synod.consensus.Vote;
import synod.consensus.VrfProver;
import synod.consensus.pos.PosConsensus;
import synod.consensus.pos.PosEngine;
import synod.consensus.pos.PosParameters;
import synod.consensus.pos.PosSettings;
import synod.crypto.PublicKey;
import synod.crypto.VrfProof;
import synod.genesis.EngineParameters;
import synod.node.byzantine.Adversary;
import synod.node.replica.BlockReader;
import synod.node.replica.ReplicaView;
import synod.p2p.NodeId;
import synod.sim.check.Checker;
import synod.sim.check.OneFinalBlock;
import synod.sim.protocol.KeyedHash;
import synod.sim.protocol.Protocol;
import synod.sim.protocol.SimChain;
import synod.sim.protocol.SimKeys;
import synod.sim.world.Marks;
import synod.sim.world.Member;

/**
 * Proof of stake among a number of validators. Their stakes differ, but so little that as many of them may lie as of equal
 * ones.
 */
public final class PosProtocol implements Protocol {
    static final SlotClock CLOCK = new SlotClock(SimChain.START_MILLIS, 500, 8);

    /** Stake comes free after longer than a run lasts: nobody is away for so long. */
    private static final StakeRules STAKE =
            new StakeRules(CLOCK, new Ratio(1, 2), 600, new Ratio(1, 10), new Ratio(1, 10), Amount.ofCoins(10));

    private static final PosParameters PARAMETERS = new PosParameters(STAKE, 60_000);
    private static final long PROGRESS_BOUND_MILLIS = 300_000;
    private static final long LEAST_COINS = 1_000;
    private static final long MORE_COINS_EACH = 20;
    private static final int STAKING_EVERY = 16;
    private static final int BOND_TURN = 2;
    private static final int UNBOND_TURN = 11;

    private final StakeSnapshot staked;
    private final SimChain chain;
    private final PosConsensus consensus;

    /** A network of so many validators, and so many clients with coins. */
    public PosProtocol(int nodes, int clients) {
        this.staked = StakeSnapshot.of(IntStream.range(0, nodes)
                .mapToObj(number -> new Staker(
                        SimKeys.member(number),
                        SimKeys.vrf(number),
                        Amount.ofCoins(LEAST_COINS + number * MORE_COINS_EACH)))
                .toList());
        this.chain = new SimChain(new EngineParameters.Pos(PARAMETERS, staked), clients);
        this.consensus = new PosConsensus(PARAMETERS, chain.block0().id(), KeyedHash::verifies, KeyedHash::draw);
    }

    @Override
    public SimChain chain() {
        return chain;
    }

    @Override
    public Member member(int number) {
        return new Validator(number, KeyedHash.prover(SimKeys.vrf(number)));
    }

    @Override
    public Member liar(String strategy, int number) {
        return strategy.equals(Strategies.FORGED_DRAW)
                ? new Validator(number, alwaysWins(SimKeys.vrf(number)))
                : member(number);
    }

    private static VrfProver alwaysWins(PublicKey key) {
        return new VrfProver() {
            @Override
            public PublicKey publicKey() {
                return key;
            }

            @Override
            public Draw draw(byte[] alpha) {
                return new Draw(
                        KeyedHash.prover(key).draw(alpha).proof(), ByteString.of(new byte[VrfProof.OUTPUT_LENGTH]));
            }
        };
    }

    @Override
    public int tolerated(int nodes) {
        return (nodes - 1) / 3;
    }

    @Override
    public int quorum(int nodes) {
        return nodes - tolerated(nodes);
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
        return message.toString();
    }

    @Override
    public List<String> strategies() {
        return Strategies.names();
    }

    @Override
    public Adversary adversary(String strategy, int member, RandomGenerator random) {
        return Strategies.named(
                strategy, new LyingStaker(SimKeys.member(member), chain.block0().id(), staked.validators()));
    }

    private List<PublicKey> validators() {
        return staked.stakers().stream().map(Staker::key).toList();
    }

    /** Clients put a little at stake and take it back: too little to matter beside the validators, who are up. */
    @Override
    public Payload payload(int client, long nonce, Payload usual) {
        int turn = (int) (nonce % STAKING_EVERY);
        return switch (turn) {
            case BOND_TURN -> new Bond(STAKE.minBond(), SimKeys.vrf(client));
            case UNBOND_TURN -> new Unbond(STAKE.minBond());
            default -> usual;
        };
    }

    /** Checkpoints become final again, and whoever is known to have contradicted itself is slashed. */
    @Override
    public boolean hasRecovered(ReplicaView view) {
        EpochState epoch = view.ledger().stake().orElseThrow().epoch();
        long finalized = Finals.epoch(view);
        return finalized + 2 >= epoch.number()
                && view.stakeEvidence().stream().allMatch(evidence -> isJailed(view, evidence.accused()));
    }

    private static boolean isJailed(ReplicaView view, PublicKey key) {
        return view.ledger()
                .stake()
                .orElseThrow()
                .validator(key)
                .filter(StakeRecord::jailed)
                .isPresent();
    }

    @Override
    public List<Checker> checkers(Marks marks, OneFinalBlock finals) {
        StakeBook book = new StakeBook(chain.block0().header(), validators());
        return List.of(
                book,
                new JustifiedByStake(book, marks),
                new LeadersOnly(),
                new SignsOnce(validators()),
                new JustifiedKept(),
                new HonestUnslashed(marks, staked.stakers(), chain.block0().id()));
    }

    /** One validator. */
    private final class Validator implements Member {
        private final int number;

        private final VrfProver vrf;

        Validator(int number, VrfProver vrf) {
            this.number = number;
            this.vrf = vrf;
        }

        @Override
        public NodeId id() {
            return NodeId.of(SimKeys.member(number));
        }

        @Override
        public Assembled assemble(KeyValueReader store, BlockReader bodies) {
            PosSettings settings =
                    new PosSettings(SimKeys.signer(SimKeys.member(number)), vrf, chain.rules(), Optional.empty());
            return chain.assemble(
                    store,
                    bodies,
                    (index, ledger) ->
                            new PosEngine(consensus, index, () -> ledger.stake().orElseThrow(), ledger, settings));
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
