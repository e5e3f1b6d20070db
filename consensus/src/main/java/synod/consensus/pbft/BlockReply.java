package synod.consensus.pbft;

import java.util.List;
import synod.chain.Block;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.transaction.Transaction;
import synod.consensus.SignatureVerifier;
import synod.crypto.Hash;

/** The body that a {@link BlockRequest} asked for. It needs no signature: its id says what it is. */
public record BlockReply(Block block) implements PbftMessage {
    @Override
    public Kind kind() {
        return Kind.BLOCK_REPLY;
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
        out.raw(block.encode());
    }

    static BlockReply decode(Decoder in) throws RejectedException {
        return new BlockReply(Block.decode(in));
    }

    @Override
    public boolean isSigned(SignatureVerifier verifier, Hash chainId) {
        return true;
    }
}
