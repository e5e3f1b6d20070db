package synod.consensus.pbft;

import java.util.Optional;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.consensus.Message;
import synod.consensus.SignatureVerifier;
import synod.consensus.Vote;
import synod.crypto.Hash;
import synod.crypto.PublicKey;

/** What members say to each other. The first byte of an encoding is the message's {@link Kind}. */
public sealed interface PbftMessage extends Message
        permits PrePrepare, Prepare, Commit, ViewChange, NewView, BlockRequest, BlockReply, Status {
    /** The kinds in the order of their first bytes. */
    enum Kind {
        PRE_PREPARE,
        PREPARE,
        COMMIT,
        VIEW_CHANGE,
        NEW_VIEW,
        BLOCK_REQUEST,
        BLOCK_REPLY,
        STATUS
    }

    /** Which kind this is. */
    Kind kind();

    /** The height that it speaks of. */
    long height();

    /** The member that says it; empty where it does not matter who does. */
    default Optional<PublicKey> author() {
        return switch (this) {
            case PrePrepare(Vote vote, var _) -> Optional.of(vote.voter());
            case Prepare(Vote vote) -> Optional.of(vote.voter());
            case Commit(Vote vote) -> Optional.of(vote.voter());
            case ViewChange change -> Optional.of(change.sender());
            case NewView newView -> Optional.of(newView.sender());
            case BlockRequest request -> Optional.of(request.sender());
            case Status status -> Optional.of(status.sender());
            case BlockReply _ -> Optional.empty();
        };
    }

    /** Appends what follows the kind. */
    void encodeBody(Encoder out);

    /** Whether all signatures in it, transactions' excepted, are good. */
    boolean isSigned(SignatureVerifier verifier, Hash chainId);

    @Override
    default byte[] encode() {
        Encoder out = new Encoder(256).u8(kind().ordinal());
        encodeBody(out);
        return out.toBytes();
    }

    /** Reads a message of this chain. */
    static PbftMessage decode(byte[] encoded, Hash chainId) throws RejectedException {
        Decoder in = new Decoder(encoded);
        int kind = in.u8();
        if (kind >= Kind.values().length) {
            throw new RejectedException(Reason.MALFORMED, "an unknown kind of message, " + kind);
        }
        PbftMessage message = switch (Kind.values()[kind]) {
            case PRE_PREPARE -> PrePrepare.decode(in, chainId);
            case PREPARE -> Prepare.decode(in, chainId);
            case COMMIT -> Commit.decode(in, chainId);
            case VIEW_CHANGE -> ViewChange.decode(in, chainId);
            case NEW_VIEW -> NewView.decode(in, chainId);
            case BLOCK_REQUEST -> BlockRequest.decode(in);
            case BLOCK_REPLY -> BlockReply.decode(in);
            case STATUS -> Status.decode(in);
        };
        in.finish();
        return message;
    }
}
