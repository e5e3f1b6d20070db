package synod.node.stratum;

import java.util.ArrayList;
import java.util.List;
import synod.chain.Block;
import synod.chain.store.DiskException;
import synod.crypto.Address;

/** Remembers what miners did. */
final class RecordedWork implements WorkSink {
    final List<Address> shares = new ArrayList<>();
    final List<Block> found = new ArrayList<>();
    boolean diskIsFull;

    @Override
    public void accepted(Address worker, double difficulty) {
        if (diskIsFull) {
            throw new DiskException(DiskException.Kind.FULL, "No space is left.");
        }
        shares.add(worker);
    }

    @Override
    public void found(Block block, double difficulty) {
        found.add(block);
    }

    @Override
    public void tick() {
        // nothing to sync
    }
}
