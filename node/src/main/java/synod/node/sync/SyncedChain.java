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

    /**
     * Checks a header whose parent is in the tree, and adds it if there is room. Empty if it broke no rule: where there
     * was no room it is not in the tree all the same.
     */
    Optional<Rejection> offerHeader(SealedHeader header, long nowMillis);

    /** Whether the block's header is in the tree, and its body neither here nor on its way to the disk. */
    boolean lacksBody(Hash id);

    /**
     * Whether the bodies of a branch may be worth their place on the disk: it is as heavy as the adopted branch, or
     * grows about as heavy with each block, so that it may become so.
     */
    boolean isWorthFetching(Hash tip);

    /** Takes a header without a body, that nobody here can supply, out of the tree again, if no other follows it. */
    void forget(Hash id);

    /**
     * Where to ask from: the parent of the heaviest header, if that is not yet adopted, then ids of the adopted branch
     * from the head to genesis, ever further apart.
     */
    List<Hash> locator();
}
