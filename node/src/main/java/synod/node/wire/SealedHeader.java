package synod.node.wire;

import synod.chain.BlockHeader;
import synod.chain.RejectedException;
import synod.chain.SealedBlock;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;

/** A header and the seal of its block. */
public record SealedHeader(BlockHeader header, ByteString seal) {
    static final int MIN_BYTES = BlockHeader.OUTER_BYTES + synod.chain.HeaderCore.MIN_BYTES + 4;

    /** Encoded size in bytes. */
    public int size() {
        return MIN_BYTES + header.core().engineField().size() + seal.size();
    }

    void encode(Encoder out) {
        out.raw(header.encode()).bytes32(seal.bytes());
    }

    static SealedHeader decode(Decoder in) throws RejectedException {
        return new SealedHeader(BlockHeader.decode(in), ByteString.of(in.bytes32(SealedBlock.MAX_SEAL_BYTES)));
    }
}
