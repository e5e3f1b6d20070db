package synod.node.replica;

import synod.chain.mempool.MempoolLimits;
import synod.chain.state.Ledger;
import synod.chain.tree.BlockIndex;
import synod.consensus.Consensus;
import synod.consensus.Engine;

/**
 * What a replica is put together from.
 *
 * @param index the tree of blocks as the key-value store left it
 * @param ledger the ledger as the key-value store left it, at the index's head
 * @param bodies reads blocks back from the journal
 * @param settleBehind how many blocks the key-value store stays behind the head, beside those that are final
 */
public record ReplicaParts(
        Network network,
        Consensus consensus,
        Engine engine,
        BlockIndex index,
        Ledger ledger,
        BlockReader bodies,
        MempoolLimits mempoolLimits,
        int settleBehind) {}
