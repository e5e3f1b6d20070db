package synod.node.wire;

import synod.crypto.Hash;
import synod.crypto.Sha256;

/**
 * A transaction's name within one block: the first eight bytes, as a big-endian integer, of SHA-256(block id ‖
 * transaction id). Salted by the block's id, which nobody knows before the block is made, so that nobody can prepare
 * transactions whose short ids collide.
 */
public record ShortId(long value) {
    /** The short id of a transaction in a block. */
    public static ShortId of(Hash block, Hash transaction) {
        byte[] digest = Sha256.hash(block.bytes(), transaction.bytes()).bytes();
        return new ShortId(java.nio.ByteBuffer.wrap(digest).getLong());
    }
}
