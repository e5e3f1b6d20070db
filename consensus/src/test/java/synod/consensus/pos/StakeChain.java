package synod.consensus.pos;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.chain.SealedBlock;
import synod.chain.codec.ByteString;
import synod.chain.stake.Checkpoint;
import synod.chain.stake.CheckpointVote;
import synod.chain.stake.EpochState;
import synod.chain.stake.EpochsAhead;
import synod.chain.stake.LeaderProof;
import synod.chain.stake.NonceState;
import synod.chain.stake.Ratio;
import synod.chain.stake.SlotClaim;
import synod.chain.stake.SlotClock;
import synod.chain.stake.StakeRecord;
import synod.chain.stake.StakeRules;
import synod.chain.stake.StakeSnapshot;
import synod.chain.stake.StakeView;
import synod.chain.stake.Staker;
import synod.chain.tree.BlockNode;
import synod.chain.tree.BlockTree;
import synod.chain.validator.ValidatorSet;
import synod.consensus.VrfProver;
import synod.consensus.VrfVerifier;
import synod.consensus.quorum.HashSigner;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.crypto.Sha256;
import synod.crypto.VrfProof;

/** A network for tests: validators by number, whose stake never changes, and blocks that any of them might make. */
final class StakeChain implements BlockTree, StakeView {
    static final long T0 = 1_700_000_000_000L;
    static final SlotClock CLOCK = new SlotClock(T0, 1_000, 6);

    static final StakeRules RULES =
            new StakeRules(CLOCK, new Ratio(1, 2), 100, new Ratio(1, 10), new Ratio(1, 10), Amount.ofCoins(1));

    static final PosParameters PARAMETERS = new PosParameters(RULES, 2_000);

    /** Draws are hashes of key and input. */
    static final VrfVerifier VRF =
            (key, alpha, proof) -> Optional.of(prover(key).draw(alpha))
                    .filter(draw -> draw.proof().equals(proof))
                    .map(VrfProver.Draw::output);

    final List<HashSigner> signers;
    private StakeSnapshot staked;
    final Block genesis;
    final PosConsensus consensus;
    private final TreeMap<Hash, BlockNode> nodes = new TreeMap<>();
    private final TreeSet<Hash> incomplete = new TreeSet<>();
    private final TreeSet<Hash> broken = new TreeSet<>();
    private final TreeSet<PublicKey> jailed = new TreeSet<>();
    private final TreeMap<PublicKey, Staker> unbonding = new TreeMap<>();
    private final BlockNode root;
    private BlockNode head;

    /** Validators with so many coins each, in the order of their keys. */
    StakeChain(long... coins) {
        signers = IntStream.range(0, coins.length)
                .mapToObj(number -> HashSigner.named("validator " + number))
                .sorted(java.util.Comparator.comparing(HashSigner::publicKey))
                .toList();
        List<Staker> stakers = new ArrayList<>();
        for (int i = 0; i < coins.length; i++) {
            PublicKey key = signers.get(i).publicKey();
            stakers.add(new Staker(key, key, Amount.ofCoins(coins[i])));
        }
        staked = StakeSnapshot.of(stakers);
        genesis = new Block(
                new BlockHeader(
                        BlockHeader.VERSION, Hash.ZERO, core(Hash.ZERO, 0, T0, Address.NONE, ByteString.EMPTY), 0, 0),
                List.of());
        consensus = new PosConsensus(PARAMETERS, genesis.id(), HashSigner.VERIFIER, VRF);
        root = new BlockNode(genesis.header(), ByteString.EMPTY, BigInteger.ZERO);
        nodes.put(root.id(), root);
        head = root;
    }

    static VrfProver prover(PublicKey key) {
        return new VrfProver() {
            @Override
            public PublicKey publicKey() {
                return key;
            }

            @Override
            public Draw draw(byte[] alpha) {
                byte[] hash = Sha256.hash(key.bytes(), alpha).bytes();
                return new Draw(
                        ByteString.of(Arrays.copyOf(hash, VrfProof.LENGTH)),
                        ByteString.of(Arrays.copyOf(hash, VrfProof.OUTPUT_LENGTH)));
            }
        };
    }

    private HeaderCore core(Hash chainId, long height, long timeMillis, Address proposer, ByteString engineField) {
        return new HeaderCore(
                chainId,
                height,
                0,
                timeMillis,
                proposer,
                Block.transactionsRoot(List.of()),
                Hash.ZERO,
                Sha256.hash(),
                validators().root(),
                engineField);
    }

    ValidatorSet validators() {
        return staked.validators();
    }

    static long timeOf(long slot) {
        return CLOCK.startMillis(slot);
    }

    /** The block that a validator would make in a slot, whether it leads it or not. */
    SealedBlock block(BlockNode parent, long slot, int validator, Optional<JustificationCertificate> certificate) {
        return block(parent, slot, signers.get(validator), certificate);
    }

    /** The block that anybody might make in a slot. */
    SealedBlock block(
            BlockNode parent, long slot, HashSigner proposer, Optional<JustificationCertificate> certificate) {
        PublicKey key = proposer.publicKey();
        VrfProver.Draw draw = prover(key).draw(LeaderProof.alpha(epoch().nonce(), slot));
        LeaderProof proof =
                new LeaderProof(epoch().nonce(), key, draw.proof(), draw.output(), SlotSeal.digest(certificate));
        HeaderCore core = core(genesis.id(), parent.height() + 1, timeOf(slot), Address.of(key), proof.encode());
        Block block = new Block(new BlockHeader(BlockHeader.VERSION, parent.id(), core, 0, 0), List.of());
        return new SealedBlock(block, seal(block, slot, proposer, certificate).encode());
    }

    SlotSeal seal(Block block, long slot, int validator, Optional<JustificationCertificate> certificate) {
        return seal(block, slot, signers.get(validator), certificate);
    }

    private SlotSeal seal(Block block, long slot, HashSigner signer, Optional<JustificationCertificate> certificate) {
        return new SlotSeal(
                signer.publicKey(),
                signer.sign(new SlotClaim(slot, block.id()).signedBytes(genesis.id())),
                certificate);
    }

    /** Puts a block into the tree; the head stays. */
    BlockNode add(SealedBlock block) {
        BigInteger weight = node(block.block().header().parent()).orElseThrow().totalWeight();
        BlockNode node = new BlockNode(block.block().header(), block.seal(), weight.add(BigInteger.ONE));
        nodes.put(node.id(), node);
        return node;
    }

    BlockNode add(BlockNode parent, long slot, int validator) {
        return add(block(parent, slot, validator, Optional.empty()));
    }

    /** Executing this block will fail. */
    BlockNode breakBlock(BlockNode node) {
        broken.add(node.id());
        return node;
    }

    /** The lowest block that cannot be executed on the way from the head's branch to this one. */
    Optional<BlockNode> firstBroken(BlockNode tip) {
        Optional<BlockNode> found = Optional.empty();
        for (BlockNode node = tip; node.height() > 0; node = node(node.parent()).orElseThrow()) {
            if (broken.contains(node.id())) {
                found = Optional.of(node);
            }
        }
        return found;
    }

    /** The block failed to execute: it and what follows it are of no use any more. */
    void markInvalid(Hash block) {
        incomplete.add(block);
        nodes.values().stream()
                .filter(node -> incomplete.contains(node.parent()) && !incomplete.contains(node.id()))
                .map(BlockNode::id)
                .toList()
                .forEach(this::markInvalid);
    }

    /** From now on the ledger holds this validator for jailed. */
    void jail(PublicKey key) {
        jailed.add(key);
    }

    /** From now on this validator has no vote, but its stake is not free yet. */
    void unbond(PublicKey key) {
        unbonding.put(key, staked.find(key).orElseThrow());
        staked = StakeSnapshot.of(staked.stakers().stream()
                .filter(staker -> !staker.key().equals(key))
                .toList());
    }

    /** From now on these have all the stake, with ten coins each. */
    void stakeMovesTo(List<HashSigner> owners) {
        staked = StakeSnapshot.of(owners.stream()
                .map(owner -> new Staker(owner.publicKey(), owner.publicKey(), Amount.ofCoins(10)))
                .toList());
    }

    void setHead(BlockNode node) {
        head = node;
    }

    CheckpointVote link(long sourceEpoch, BlockNode source, long targetEpoch, BlockNode target) {
        return new CheckpointVote(new Checkpoint(sourceEpoch, source.id()), new Checkpoint(targetEpoch, target.id()));
    }

    CheckpointBallot ballot(int validator, CheckpointVote vote) {
        HashSigner signer = signers.get(validator);
        return new CheckpointBallot(signer.publicKey(), vote, signer.sign(vote.signedBytes(genesis.id())));
    }

    JustificationCertificate certificate(CheckpointVote link, int... voters) {
        return JustificationCertificate.of(
                link,
                validators(),
                Arrays.stream(voters).mapToObj(voter -> ballot(voter, link)).toList());
    }

    BlockNode root() {
        return root;
    }

    @Override
    public Optional<BlockNode> node(Hash id) {
        return Optional.ofNullable(nodes.get(id));
    }

    @Override
    public BlockNode head() {
        return head;
    }

    @Override
    public Optional<BlockNode> canonical(long height) {
        if (height > head.height()) {
            return Optional.empty();
        }
        BlockNode node = head;
        while (node.height() > height) {
            node = node(node.parent()).orElseThrow();
        }
        return Optional.of(node);
    }

    @Override
    public boolean isComplete(Hash id) {
        return nodes.containsKey(id) && !incomplete.contains(id);
    }

    @Override
    public StakeRules rules() {
        return RULES;
    }

    @Override
    public long slot() {
        return CLOCK.slot(head.header().timeMillis());
    }

    @Override
    public EpochState epoch() {
        return epoch(CLOCK.epoch(slot()));
    }

    /** One nonce for all epochs keeps blocks on different branches comparable. */
    @Override
    public EpochState epoch(long number) {
        return new EpochState(number, Sha256.hash(new byte[] {7}), staked, staked);
    }

    @Override
    public EpochsAhead ahead() {
        return new EpochsAhead(epoch(), NonceState.initial(Hash.ZERO), Optional.of(staked));
    }

    @Override
    public Optional<StakeRecord> validator(PublicKey key) {
        return staked.find(key)
                .or(() -> Optional.ofNullable(unbonding.get(key)))
                .map(staker -> new StakeRecord(staker.vrfKey(), staker.stake(), List.of(), jailed.contains(key)));
    }

    @Override
    public List<PublicKey> bonded() {
        return staked.stakers().stream().map(Staker::key).toList();
    }
}
