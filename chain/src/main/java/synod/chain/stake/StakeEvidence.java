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
 * Two statements of one kind, signed with one validator's key, of which it may sign at most one: proof that it broke a
 * rule, for anybody to check who knows the chain's id.
 *
 * @param accused whose key signed both
 */
public record StakeEvidence(
        PublicKey accused,
        StakeStatement first,
        Signature firstSignature,
        StakeStatement second,
        Signature secondSignature) {
    /** Refuses statements of different kinds. */
    public StakeEvidence {
        if (first.kind() != second.kind()) {
            throw new IllegalArgumentException("a " + first.kind() + " beside a " + second.kind());
        }
    }

    /** What both statements are. */
    public StakeStatement.Kind kind() {
        return first.kind();
    }

    /** What is to be verified: both signatures. */
    public List<SignedMessage> signedMessages(Hash chainId) {
        return List.of(
                new SignedMessage(accused, first.signedBytes(chainId), firstSignature),
                new SignedMessage(accused, second.signedBytes(chainId), secondSignature));
    }

    /**
     * Refuses two statements that do not contradict each other. Their signatures are not looked at.
     *
     * @throws RejectedException {@code BAD_EVIDENCE}
     */
    public void check() throws RejectedException {
        if (!first.contradicts(second)) {
            throw new RejectedException(
                    Reason.BAD_EVIDENCE,
                    switch (kind()) {
                        case BLOCK -> "the two claims do not contradict each other";
                        case VOTE -> "the two votes do not contradict each other";
                    });
        }
    }

    /** Appends the canonical encoding: kind, key, then each statement and its signature. */
    public void encode(Encoder out) {
        out.u8(kind().code()).raw(accused.bytes());
        first.encode(out);
        out.raw(firstSignature.bytes());
        second.encode(out);
        out.raw(secondSignature.bytes());
    }

    /** Reads evidence; its signatures are still unchecked. */
    public static StakeEvidence decode(Decoder in) throws RejectedException {
        StakeStatement.Kind kind = StakeStatement.Kind.decode(in);
        return new StakeEvidence(
                key(in), kind.decodeStatement(in), signature(in), kind.decodeStatement(in), signature(in));
    }

    private static PublicKey key(Decoder in) throws RejectedException {
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
}
