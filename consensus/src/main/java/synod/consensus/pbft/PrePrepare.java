package synod.consensus.pbft;

import java.util.List;
import synod.chain.Block;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.transaction.Transaction;
import synod.consensus.Ballot;
import synod.consensus.SignatureVerifier;
import synod.consensus.Vote;
import synod.crypto.Hash;

/** The primary's assignment of a block to a height and view, and the block (OSDI §4.2). A block holds no view. */
public record PrePrepare(Vote vote, Block block) implements PbftMessage {
    /** Refuses a vote of another kind or for another block. */
    public PrePrepare {
        if (vote.ballot().kind() != Ballot.Kind.PRE_PREPARE
                || !vote.ballot().block().equals(block.id())
                || vote.ballot().height() != block.height()) {
            throw new IllegalArgumentException("a pre-prepare of " + block + " with " + vote);
        }
    }

    long view() {
        return vote.ballot().view();
    }

    @Override
    public Kind kind() {
        return Kind.PRE_PREPARE;
    }

    @Override
    public long height() {
        return block.height();
    }

    @Override
    public List<Transaction> transactions() {
        return block.transactions();
    }

    @Override
    public void encodeBody(Encoder out) {
        vote.encode(out).raw(block.encode());
    }

    static PrePrepare decode(Decoder in, Hash chainId) throws RejectedException {
        Vote vote = Vote.decode(in, chainId);
        Block block = Block.decode(in);
        try {
            return new PrePrepare(vote, block);
        } catch (IllegalArgumentException e) {
            throw in.malformed("a proposal that cannot be: " + e.getMessage());
        }
    }

    @Override
    public boolean isSigned(SignatureVerifier verifier, Hash chainId) {
        return vote.isSigned(verifier);
    }
}
