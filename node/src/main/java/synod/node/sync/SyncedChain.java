package synod.node.sync;

import java.util.List;
import java.util.Optional;
import synod.chain.Rejection;
import synod.chain.tree.BlockTree;
import synod.crypto.Hash;
import synod.node.wire.SealedHeader;

/** What synchronisation needs of the chain. */
public interface SyncedChain {
    BlockTree tree();

    /** Checks a header whose parent is in the tree, and adds it; empty if it is in the tree now. */
    Optional<Rejection> offerHeader(SealedHeader header, long nowMillis);

    /** Whether the block's header is in the tree, and its body neither here nor on its way to the disk. */
    boolean lacksBody(Hash id);

    /** Ids of the adopted branch from the head to genesis, ever further apart. */
    List<Hash> locator();
}
