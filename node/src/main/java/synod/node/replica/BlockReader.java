package synod.node.replica;

import synod.chain.SealedBlock;
import synod.chain.store.Position;

/** Reads journaled blocks. */
@FunctionalInterface
public interface BlockReader {
    /** The block at this place of the journal; a damaged record throws and stops the node. */
    SealedBlock read(Position position);
}
