package synod.node.replica;

import java.util.List;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.chain.codec.ByteString;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.Sha256;

/** Blocks whose header claims a state that executing them does not give. */
final class Lying {
    private Lying() {}

    static Block withAnotherStateRoot(Hash parent, long height) {
        HeaderCore core = new HeaderCore(
                ReplicaBench.BLOCK_0.id(),
                height,
                0,
                ReplicaBench.START + height * 1_000,
                Address.NONE,
                Block.transactionsRoot(List.of()),
                Sha256.hash(new byte[] {66}),
                Block.transactionsRoot(List.of()),
                Hash.ZERO,
                ByteString.EMPTY);
        return new Block(new BlockHeader(BlockHeader.VERSION, parent, core, 0, 0), List.of());
    }
}
