package synod.node.replica;

import java.util.List;
import synod.chain.Block;
import synod.chain.tree.BlockNode;
import synod.crypto.Hash;

/** What subscribers hear of. */
public sealed interface ReplicaEvent {
    /** The head moved: these blocks left the adopted branch (highest first), these joined it (lowest first). */
    record HeadChanged(List<BlockNode> abandoned, List<Block> adopted) implements ReplicaEvent {}

    /** This block and all its ancestors are final. */
    record BlockFinalized(BlockNode block) implements ReplicaEvent {}

    /** A transaction began to wait in the mempool. */
    record TransactionPending(Hash transaction) implements ReplicaEvent {}
}
