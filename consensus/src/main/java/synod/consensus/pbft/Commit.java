package synod.consensus.pbft;

import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.consensus.Ballot;
import synod.consensus.SignatureVerifier;
import synod.consensus.Vote;
import synod.crypto.Hash;

/** A member's word that it has prepared the block, and will have it whatever views follow (OSDI §4.2). */
public record Commit(Vote vote) implements PbftMessage {
    /** Refuses a vote of another kind. */
    public Commit {
        if (vote.ballot().kind() != Ballot.Kind.COMMIT) {
            throw new IllegalArgumentException("a commit with " + vote);
        }
    }

    @Override
    public Kind kind() {
        return Kind.COMMIT;
    }

    @Override
    public long height() {
        return vote.ballot().height();
    }

    @Override
    public void encodeBody(Encoder out) {
        vote.encode(out);
    }

    static Commit decode(Decoder in, Hash chainId) throws RejectedException {
        Vote vote = Vote.decode(in, chainId);
        if (vote.ballot().kind() != Ballot.Kind.COMMIT) {
            throw in.malformed("a commit with a vote of another kind");
        }
        return new Commit(vote);
    }

    @Override
    public boolean isSigned(SignatureVerifier verifier, Hash chainId) {
        return vote.isSigned(verifier);
    }
}
