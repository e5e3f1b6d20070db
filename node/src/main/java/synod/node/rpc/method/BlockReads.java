package synod.node.rpc.method;

import java.util.Optional;
import synod.chain.SealedBlock;
import synod.consensus.Finality;
import synod.crypto.Hash;
import synod.node.replica.ReplicaView;

/** Queries for blocks that several methods share. */
final class BlockReads {
    private BlockReads() {}

    /** A block, and how sure it was at that moment that it stays. */
    record Found(SealedBlock block, Finality finality) {}

    /** The block with this id, if it is here with its transactions. */
    static Optional<Found> find(ReplicaView view, Hash id) {
        if (view.blocks().node(id).isEmpty()) {
            return Optional.empty();
        }
        return view.block(id).map(block -> new Found(block, view.finality(id)));
    }

    /** A block of the adopted branch, which is always here. */
    static Found complete(ReplicaView view, Hash id) {
        return find(view, id)
                .orElseThrow(() -> new IllegalStateException("block " + id + " of the adopted branch is missing"));
    }
}
