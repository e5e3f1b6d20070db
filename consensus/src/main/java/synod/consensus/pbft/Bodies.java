package synod.consensus.pbft;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;
import synod.chain.Block;
import synod.crypto.Hash;

/** The blocks of the open height that may yet be needed: what is proposed, what is prepared, what was asked for. */
final class Bodies {
    private final TreeMap<Hash, Block> blocks = new TreeMap<>();

    void keep(Block block) {
        blocks.put(block.id(), block);
    }

    Optional<Block> find(Hash id) {
        return Optional.ofNullable(blocks.get(id));
    }

    /** Drops all others. Called when a view begins, so there are never more than a few. */
    void retain(Collection<Hash> needed) {
        blocks.keySet().retainAll(needed);
    }
}
