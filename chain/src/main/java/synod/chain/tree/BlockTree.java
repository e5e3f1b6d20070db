package synod.chain.tree;

import java.util.Optional;
import synod.crypto.Hash;

/** What engines and checks may read of the tree of known headers. */
public interface BlockTree {
    /** The node with this id, if its header is known. */
    Optional<BlockNode> node(Hash id);

    /** The last block of the adopted branch. */
    BlockNode head();

    /** The block of the adopted branch at this height, if the branch is that long. */
    Optional<BlockNode> canonical(long height);

    /** Whether the block's transactions are here, and those of all its ancestors. */
    boolean isComplete(Hash id);
}
