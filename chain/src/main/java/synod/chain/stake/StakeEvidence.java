package synod.chain.stake;

import java.util.List;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.crypto.Signature;
import synod.crypto.SignedMessage;

/**
 * Two statements signed with one validator's key of which it may sign at most one: proof that it broke a rule, for anybody
 * to check who knows the chain's id.
 */
public sealed interface StakeEvidence {
    /** Whose key signed both. */
    PublicKey accused();

    /** What is to be verified: both signatures. */
    List<SignedMessage> signedMessages(Hash chainId);

    /**
     * Refuses two statements that do not contradict each other. Their signatures are not looked at.
     *
     * @throws RejectedException {@code BAD_EVIDENCE}
     */
    void check() throws RejectedException;

    /** Appends the canonical encoding: kind, key, then each statement and its signature. */
    void encode(Encoder out);

    /** Reads evidence; its signatures are still unchecked. */
    static StakeEvidence decode(Decoder in) throws RejectedException {
        int kind = in.u8();
        PublicKey accused = decodeKey(in);
        return switch (kind) {
            case TwoBlocks.KIND ->
                new TwoBlocks(accused, SlotClaim.decode(in), signature(in), SlotClaim.decode(in), signature(in));
            case TwoVotes.KIND ->
                new TwoVotes(
                        accused, CheckpointVote.decode(in), signature(in), CheckpointVote.decode(in), signature(in));
            default -> throw in.malformed("evidence of unknown kind " + kind);
        };
    }

    private static PublicKey decodeKey(Decoder in) throws RejectedException {
        byte[] key = in.raw(PublicKey.LENGTH);
        try {
            return PublicKey.of(key);
        } catch (IllegalArgumentException e) {
            throw in.malformed("a validator's key that cannot be");
        }
    }

    private static Signature signature(Decoder in) throws RejectedException {
        return Signature.of(in.raw(Signature.LENGTH));
    }

    private static RejectedException noContradiction(String statements) {
        return new RejectedException(Reason.BAD_EVIDENCE, statements + " do not contradict each other");
    }

    /** Two blocks of one slot. */
    record TwoBlocks(
            PublicKey accused, SlotClaim first, Signature firstSignature, SlotClaim second, Signature secondSignature)
            implements StakeEvidence {
        private static final int KIND = 1;

        @Override
        public List<SignedMessage> signedMessages(Hash chainId) {
            return List.of(
                    new SignedMessage(accused, first.signedBytes(chainId), firstSignature),
                    new SignedMessage(accused, second.signedBytes(chainId), secondSignature));
        }

        @Override
        public void check() throws RejectedException {
            if (!first.contradicts(second)) {
                throw noContradiction("the two claims");
            }
        }

        @Override
        public void encode(Encoder out) {
            out.u8(KIND).raw(accused.bytes());
            first.encode(out);
            out.raw(firstSignature.bytes());
            second.encode(out);
            out.raw(secondSignature.bytes());
        }
    }

    /** Two votes for one target epoch, or one that spans the other. */
    record TwoVotes(
            PublicKey accused,
            CheckpointVote first,
            Signature firstSignature,
            CheckpointVote second,
            Signature secondSignature)
            implements StakeEvidence {
        private static final int KIND = 2;

        @Override
        public List<SignedMessage> signedMessages(Hash chainId) {
            return List.of(
                    new SignedMessage(accused, first.signedBytes(chainId), firstSignature),
                    new SignedMessage(accused, second.signedBytes(chainId), secondSignature));
        }

        @Override
        public void check() throws RejectedException {
            if (!first.contradicts(second)) {
                throw noContradiction("the two votes");
            }
        }

        @Override
        public void encode(Encoder out) {
            out.u8(KIND).raw(accused.bytes());
            first.encode(out);
            out.raw(firstSignature.bytes());
            second.encode(out);
            out.raw(secondSignature.bytes());
        }
    }
}
