package synod.chain.tree;

import java.math.BigInteger;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.chain.codec.ByteString;
import synod.crypto.Address;
import synod.crypto.Hash;

/** Headers of which only the place in the tree matters. */
final class Headers {
    static final BlockNode GENESIS = new BlockNode(header(Hash.ZERO, 0, 0), ByteString.EMPTY, BigInteger.ZERO);

    private Headers() {}

    static BlockHeader child(BlockHeader parent, int salt) {
        return header(parent.id(), parent.height() + 1, salt);
    }

    static BlockHeader header(Hash parent, long height, int salt) {
        HeaderCore core = new HeaderCore(
                Hash.ZERO, height, salt, 0, Address.NONE, Hash.ZERO, Hash.ZERO, Hash.ZERO, Hash.ZERO, ByteString.EMPTY);
        return new BlockHeader(BlockHeader.VERSION, parent, core, 0, 0);
    }
}
