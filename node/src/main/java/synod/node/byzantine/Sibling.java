package synod.node.byzantine;

import synod.chain.Block;
import synod.chain.BlockHeader;
import synod.chain.HeaderCore;
import synod.crypto.Hash;
import synod.crypto.Sha256;

/** Blocks that differ from another one in one field of the header. */
final class Sibling {
    private Sibling() {}

    /** The same transactions a millisecond later: every rule allows it. */
    static Block later(Block block) {
        HeaderCore core = block.header().core();
        return with(block, core.timeMillis() + 1, core.stateRoot());
    }

    /** The same transactions, which are said to lead to another state. */
    static Block lying(Block block) {
        HeaderCore core = block.header().core();
        return with(block, core.timeMillis(), Sha256.hash(core.stateRoot().bytes()));
    }

    private static Block with(Block block, long timeMillis, Hash stateRoot) {
        BlockHeader header = block.header();
        HeaderCore core = header.core();
        HeaderCore changed = new HeaderCore(
                core.chainId(),
                core.height(),
                core.extraNonce(),
                timeMillis,
                core.proposer(),
                core.transactionsRoot(),
                stateRoot,
                core.receiptsRoot(),
                core.validatorsRoot(),
                core.engineField());
        return new Block(
                new BlockHeader(header.version(), header.parent(), changed, header.bits(), header.nonce()),
                block.transactions());
    }
}
