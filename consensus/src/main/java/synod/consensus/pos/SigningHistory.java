package synod.consensus.pos;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.SortedMap;
import synod.chain.RejectedException;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.stake.CheckpointVote;
import synod.consensus.Entry;
import synod.crypto.Hash;

/**
 * What a validator's key has signed, as far as it must be remembered so that it never contradicts itself: the last slot
 * claimed and the last vote. Whoever signs only what lies above both needs no more (the minimal rule of EIP-3076, whose
 * interchange this can be exported to).
 *
 * @param slot the last claimed, −1 if none
 * @param block claimed for it; empty if that is not known: then nothing more is signed for that slot
 * @param sourceEpoch the highest source voted from, −1 if none
 * @param targetEpoch the highest target voted for, −1 if none
 * @param vote the last, if it is known
 */
public record SigningHistory(
        long slot, Optional<Hash> block, long sourceEpoch, long targetEpoch, Optional<CheckpointVote> vote) {
    /** Of a key that never signed. */
    public static final SigningHistory NONE = new SigningHistory(-1, Optional.empty(), -1, -1, Optional.empty());

    private static final ByteString KEY = ByteString.of("guard/stake".getBytes(StandardCharsets.US_ASCII));

    /** As an engine's durable entries have it. */
    public static SigningHistory of(SortedMap<ByteString, ByteString> entries) {
        ByteString value = entries.get(KEY);
        if (value == null) {
            return NONE;
        }
        try {
            Decoder in = new Decoder(value.bytes());
            long slot = in.u64();
            Optional<Hash> block = in.u8() == 1 ? Optional.of(in.hash()) : Optional.empty();
            long source = in.u64();
            long target = in.u64();
            Optional<CheckpointVote> vote = in.u8() == 1 ? Optional.of(CheckpointVote.decode(in)) : Optional.empty();
            in.finish();
            return new SigningHistory(slot, block, source, target, vote);
        } catch (RejectedException e) {
            throw new IllegalStateException("the entry " + KEY + " is no signing history", e);
        }
    }

    /** What makes it durable. */
    public Entry entry() {
        Encoder out = new Encoder(160).u64(slot).u8(block.isPresent() ? 1 : 0);
        block.ifPresent(out::hash);
        out.u64(sourceEpoch).u64(targetEpoch).u8(vote.isPresent() ? 1 : 0);
        vote.ifPresent(one -> one.encode(out));
        return new Entry(KEY, ByteString.of(out.toBytes()));
    }

    /** Whether nothing that was signed is contradicted by claiming the slot for this block. */
    boolean allows(long claimed, Hash candidate) {
        return claimed > slot
                || claimed == slot && block.filter(candidate::equals).isPresent();
    }

    /** Whether nothing that was signed is contradicted by this vote, as far as can be told from what is remembered. */
    boolean allows(CheckpointVote candidate) {
        return candidate.source().epoch() >= sourceEpoch && candidate.target().epoch() > targetEpoch
                || vote.filter(candidate::equals).isPresent();
    }

    SigningHistory claimed(long claimed, Hash candidate) {
        return new SigningHistory(claimed, Optional.of(candidate), sourceEpoch, targetEpoch, vote);
    }

    SigningHistory voted(CheckpointVote cast) {
        return new SigningHistory(
                slot, block, cast.source().epoch(), cast.target().epoch(), Optional.of(cast));
    }

    /** This and what another place knows of the same key: of each the higher. */
    public SigningHistory with(SigningHistory other) {
        boolean mineVoted = targetEpoch >= other.targetEpoch;
        return new SigningHistory(
                Math.max(slot, other.slot),
                slot == other.slot && !block.equals(other.block)
                        ? Optional.empty()
                        : slot >= other.slot ? block : other.block,
                Math.max(sourceEpoch, other.sourceEpoch),
                Math.max(targetEpoch, other.targetEpoch),
                targetEpoch == other.targetEpoch && !vote.equals(other.vote)
                        ? Optional.empty()
                        : mineVoted ? vote : other.vote);
    }
}
