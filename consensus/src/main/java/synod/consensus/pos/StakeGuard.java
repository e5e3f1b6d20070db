package synod.consensus.pos;

import java.util.SortedMap;
import synod.chain.codec.ByteString;
import synod.chain.stake.CheckpointVote;
import synod.chain.stake.SlotClaim;
import synod.consensus.Entry;
import synod.consensus.Signer;
import synod.crypto.Hash;
import synod.crypto.Signature;

/**
 * The only way to sign claims and votes: it refuses what would contradict, or be hard to tell from contradicting, what
 * this key signed before, also across restarts, for its whole state is the entries that it hands out.
 *
 * <p>Whoever gets a signature from it makes the entry durable before showing the signature. To ask for what it does not
 * allow is a defect of the engine above, and stops the node.
 */
public final class StakeGuard {
    private final Signer signer;
    private final Hash chainId;
    private SigningHistory history;

    /** A signed claim, and what must be durable before it is shown. */
    public record GuardedClaim(Signature signature, Entry entry) {}

    /** A signed vote, and what must be durable before it is said. */
    public record GuardedBallot(CheckpointBallot ballot, Entry entry) {}

    /** A guard that knows what the entries say. */
    public StakeGuard(Signer signer, Hash chainId, SortedMap<ByteString, ByteString> entries) {
        this.signer = signer;
        this.chainId = chainId;
        this.history = SigningHistory.of(entries);
    }

    /** What was signed so far. */
    public SigningHistory history() {
        return history;
    }

    /** Whether a new block may be claimed for this slot. */
    public boolean mayClaim(long slot) {
        return slot > history.slot();
    }

    /** Whether this vote may be cast. */
    public boolean mayVote(CheckpointVote vote) {
        return history.allows(vote);
    }

    /**
     * Claims a slot for a block.
     *
     * @throws IllegalStateException if it claimed that slot, or a later one, for another block
     */
    public GuardedClaim claim(long slot, Hash block) {
        if (!history.allows(slot, block)) {
            throw new IllegalStateException(
                    "a claim to slot " + slot + " for " + block + " after one to slot " + history.slot());
        }
        history = history.claimed(slot, block);
        return new GuardedClaim(signer.sign(new SlotClaim(slot, block).signedBytes(chainId)), history.entry());
    }

    /**
     * Casts a vote; the last one as often as asked.
     *
     * @throws IllegalStateException if it might contradict an earlier one
     */
    public GuardedBallot vote(CheckpointVote vote) {
        if (!history.allows(vote)) {
            throw new IllegalStateException("a vote from epoch " + vote.source().epoch() + " to epoch "
                    + vote.target().epoch() + " after one from " + history.sourceEpoch() + " to "
                    + history.targetEpoch());
        }
        history = history.voted(vote);
        Signature signature = signer.sign(vote.signedBytes(chainId));
        return new GuardedBallot(new CheckpointBallot(signer.publicKey(), vote, signature), history.entry());
    }
}
