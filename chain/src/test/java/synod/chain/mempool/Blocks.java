package synod.chain.mempool;

import java.util.List;
import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.chain.codec.ByteString;
import synod.chain.transaction.Transaction;
import synod.crypto.Address;
import synod.crypto.Hash;

/** Blocks of which only the transactions matter. */
final class Blocks {
    private Blocks() {}

    static Block of(Transaction... transactions) {
        HeaderCore core = new HeaderCore(
                Hash.ZERO, 1, 0, 0, Address.NONE, Hash.ZERO, Hash.ZERO, Hash.ZERO, Hash.ZERO, ByteString.EMPTY);
        return new Block(new BlockHeader(BlockHeader.VERSION, Hash.ZERO, core, 0, 0), List.of(transactions));
    }
}
