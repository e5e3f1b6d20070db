package synod.node.stratum;

import synod.chain.Block;
import synod.crypto.Address;

/** Takes what miners did, on the server's thread. */
public interface WorkSink {
    /**
     * A share counts from now on.
     *
     * @return false if it does not, because there is no place for another worker
     * @throws synod.chain.store.DiskException if it cannot be kept; the miner is told
     */
    boolean accepted(Address worker, double difficulty);

    /**
     * A share is a block. It must be on its way to the network when this returns.
     *
     * @param difficulty of the block
     */
    void found(Block block, double difficulty);

    /** A second has passed. */
    void tick();
}
