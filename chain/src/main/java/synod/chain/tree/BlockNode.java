package synod.chain.tree;

import java.math.BigInteger;
import synod.chain.BlockHeader;
import synod.chain.codec.ByteString;
import synod.crypto.Hash;

/**
 * A header in the tree.
 *
 * @param seal the proof that came with it
 * @param totalWeight the weight of its branch from genesis to here: cumulative work under proof of work, the height
 *     elsewhere
 */
public record BlockNode(BlockHeader header, ByteString seal, BigInteger totalWeight) {
    public Hash id() {
        return header.id();
    }

    public Hash parent() {
        return header.parent();
    }

    public long height() {
        return header.height();
    }
}
