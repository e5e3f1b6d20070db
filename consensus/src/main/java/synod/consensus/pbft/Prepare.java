package synod.consensus.pbft;

import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.consensus.Ballot;
import synod.consensus.SignatureVerifier;
import synod.consensus.Vote;
import synod.crypto.Hash;

/** A backup's agreement with the pre-prepare (OSDI §4.2). The primary sends none: its pre-prepare says as much. */
public record Prepare(Vote vote) implements PbftMessage {
    /** Refuses a vote of another kind. */
    public Prepare {
        if (vote.ballot().kind() != Ballot.Kind.PREPARE) {
            throw new IllegalArgumentException("a prepare with " + vote);
        }
    }

    @Override
    public Kind kind() {
        return Kind.PREPARE;
    }

    @Override
    public long height() {
        return vote.ballot().height();
    }

    @Override
    public void encodeBody(Encoder out) {
        vote.encode(out);
    }

    static Prepare decode(Decoder in, Hash chainId) throws RejectedException {
        Vote vote = Vote.decode(in, chainId);
        if (vote.ballot().kind() != Ballot.Kind.PREPARE) {
            throw in.malformed("a prepare with a vote of another kind");
        }
        return new Prepare(vote);
    }

    @Override
    public boolean isSigned(SignatureVerifier verifier, Hash chainId) {
        return vote.isSigned(verifier);
    }
}
