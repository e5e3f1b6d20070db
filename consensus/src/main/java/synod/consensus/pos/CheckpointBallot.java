package synod.consensus.pos;

import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.stake.CheckpointVote;
import synod.consensus.Message;
import synod.consensus.SignatureVerifier;
import synod.consensus.Vote;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.crypto.Signature;

/** A validator's vote for a link between checkpoints: the one thing that validators say to each other beside blocks. */
public record CheckpointBallot(PublicKey voter, CheckpointVote vote, Signature signature) implements Message {
    /** Length of the encoding in bytes. */
    public static final int BYTES = 1 + PublicKey.LENGTH + 2 * (Long.BYTES + Hash.LENGTH) + Signature.LENGTH;

    private static final int KIND = 0;

    /** Kind u8 (0), voter, source, target, signature. The chain id is left out: it is the reader's own. */
    @Override
    public byte[] encode() {
        Encoder out = new Encoder(BYTES).u8(KIND).raw(voter.bytes());
        vote.encode(out);
        return out.raw(signature.bytes()).toBytes();
    }

    /** Reads a ballot; whether it is signed, {@link #isSigned} says. */
    public static CheckpointBallot decode(byte[] encoded) throws RejectedException {
        Decoder in = new Decoder(encoded);
        int kind = in.u8();
        if (kind != KIND) {
            throw in.malformed("an unknown kind of message, " + kind);
        }
        CheckpointBallot ballot = new CheckpointBallot(
                Vote.publicKey(in), CheckpointVote.decode(in), Signature.of(in.raw(Signature.LENGTH)));
        in.finish();
        return ballot;
    }

    /** Whether the voter signed this very vote on this chain. */
    public boolean isSigned(SignatureVerifier verifier, Hash chainId) {
        return verifier.verifies(voter, vote.signedBytes(chainId), signature);
    }
}
