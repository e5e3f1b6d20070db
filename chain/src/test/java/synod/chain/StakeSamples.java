package synod.chain;

import java.util.List;
import synod.chain.codec.ByteString;
import synod.chain.stake.Checkpoint;
import synod.chain.stake.CheckpointVote;
import synod.chain.stake.LeaderProof;
import synod.chain.stake.Ratio;
import synod.chain.stake.SlotClaim;
import synod.chain.stake.SlotClock;
import synod.chain.stake.StakeEvidence;
import synod.chain.stake.StakeGenesis;
import synod.chain.stake.StakeRecord;
import synod.chain.stake.StakeRules;
import synod.chain.stake.StakeSnapshot;
import synod.chain.stake.Staker;
import synod.chain.state.GenesisAllocation;
import synod.chain.transaction.Bond;
import synod.chain.transaction.EvidenceReport;
import synod.chain.transaction.Payload;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Unbond;
import synod.crypto.Hash;
import synod.crypto.VrfKey;
import synod.crypto.VrfProof;

/** The values about stake whose encodings are golden vectors. */
final class StakeSamples {
    static final Hash CHAIN = Samples.GENESIS.id();

    static final VrfKey ALICE_VRF = VrfKey.ofSigningKey(Samples.ALICE);

    static final VrfKey BOB_VRF = VrfKey.ofSigningKey(Samples.BOB);

    static final StakeRules RULES = new StakeRules(
            new SlotClock(Samples.GENESIS.core().timeMillis(), 1_000, 100),
            new Ratio(1, 20),
            10,
            new Ratio(1, 10),
            new Ratio(1, 10),
            Amount.ofCoins(1));

    /** Alice with 60 coins and Bob with 40. */
    static final StakeSnapshot SNAPSHOT = StakeSnapshot.of(List.of(
            new Staker(Samples.ALICE.publicKey(), ALICE_VRF.publicKey(), Amount.ofCoins(60)),
            new Staker(Samples.BOB.publicKey(), BOB_VRF.publicKey(), Amount.ofCoins(40))));

    static final StakeGenesis GENESIS = new StakeGenesis(RULES, SNAPSHOT);

    /** Of a chain that begins with this stake beside the coins of {@link Samples#ALLOCATION}. */
    static final GenesisAllocation ALLOCATION = new GenesisAllocation(Samples.ALLOCATION.balances(), GENESIS);

    static final Transaction BOND = sign(3, new Bond(Amount.ofCoins(5), ALICE_VRF.publicKey()));

    static final Transaction UNBOND = sign(4, new Unbond(Amount.ofCoins(2)));

    static final SlotClaim CLAIM = new SlotClaim(7, Samples.BLOCK.id());

    static final CheckpointVote VOTE =
            new CheckpointVote(new Checkpoint(0, CHAIN), new Checkpoint(1, Samples.BLOCK.id()));

    static final Transaction TWO_BLOCKS = sign(5, new EvidenceReport(twoBlocks()));

    static final Transaction TWO_VOTES = sign(6, new EvidenceReport(twoVotes()));

    /** Alice's record after the bond and the unbonding in epoch 0. */
    static final StakeRecord RECORD = new StakeRecord(
            ALICE_VRF.publicKey(),
            Amount.ofCoins(63),
            List.of(new StakeRecord.Unbonding(10, Amount.ofCoins(2))),
            false);

    /** Alice's proof for slot 7 of epoch 0. Whether she leads it is another matter. */
    static final LeaderProof PROOF = proof();

    private StakeSamples() {}

    private static Transaction sign(long nonce, Payload payload) {
        return Transaction.sign(Samples.ALICE, CHAIN, nonce, new Amount(5_000), payload);
    }

    private static StakeEvidence twoBlocks() {
        SlotClaim other = new SlotClaim(7, CHAIN);
        return new StakeEvidence(
                Samples.BOB.publicKey(),
                CLAIM,
                Samples.BOB.sign(CLAIM.signedBytes(CHAIN)),
                other,
                Samples.BOB.sign(other.signedBytes(CHAIN)));
    }

    private static StakeEvidence twoVotes() {
        CheckpointVote other = new CheckpointVote(new Checkpoint(0, CHAIN), new Checkpoint(1, CHAIN));
        return new StakeEvidence(
                Samples.BOB.publicKey(),
                VOTE,
                Samples.BOB.sign(VOTE.signedBytes(CHAIN)),
                other,
                Samples.BOB.sign(other.signedBytes(CHAIN)));
    }

    private static LeaderProof proof() {
        Hash nonce = GENESIS.epoch().nonce();
        VrfProof proof = ALICE_VRF.prove(LeaderProof.alpha(nonce, 7));
        return new LeaderProof(
                nonce,
                ALICE_VRF.publicKey(),
                ByteString.of(proof.bytes()),
                ByteString.of(proof.unverifiedOutput()),
                Hash.ZERO);
    }
}
