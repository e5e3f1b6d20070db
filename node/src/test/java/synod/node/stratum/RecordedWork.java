package synod.node.stratum;

import java.util.ArrayList;
import java.util.List;
import synod.chain.Block;
import synod.chain.store.DiskException;
import synod.crypto.Address;

/** Remembers what miners did. */
final class RecordedWork implements WorkSink {
    final List<Credit> shares = new ArrayList<>();
    final List<Block> found = new ArrayList<>();
    boolean diskIsFull;
    boolean hasPlace = true;

    /** What a share counted. */
    record Credit(Address worker, double difficulty) {}

    @Override
    public boolean accepted(Address worker, double difficulty) {
        if (diskIsFull) {
            throw new DiskException(DiskException.Kind.FULL, "No space is left.");
        }
        if (hasPlace) {
            shares.add(new Credit(worker, difficulty));
        }
        return hasPlace;
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
