package synod.node.replica;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import synod.chain.SealedBlock;
import synod.chain.store.Position;
import synod.chain.tree.BlockIndex;
import synod.crypto.Hash;

/** Blocks with their transactions: those on their way to the journal, the most recent ones, and any other by reading it. */
final class Bodies {
    private static final long MAX_RECENT_BYTES = 16L << 20;

    private final BlockIndex index;
    private final BlockReader reader;
    private final Map<Hash, SealedBlock> storing = new LinkedHashMap<>();
    private final LinkedHashMap<Hash, Sized> recent = new LinkedHashMap<>();
    private long recentBytes;

    private record Sized(SealedBlock block, int bytes) {}

    Bodies(BlockIndex index, BlockReader reader) {
        this.index = index;
        this.reader = reader;
    }

    /** The block goes to the journal. */
    void storing(SealedBlock block) {
        storing.put(block.block().id(), block);
    }

    boolean isStoring(Hash id) {
        return storing.containsKey(id);
    }

    /** The block is in the journal; it is still kept for a while. */
    SealedBlock stored(Hash id) {
        SealedBlock block = storing.remove(id);
        if (block == null) {
            throw new IllegalStateException("block " + id + " was reported durable without having been journaled");
        }
        int bytes = block.block().size();
        Sized replaced = recent.put(id, new Sized(block, bytes));
        recentBytes += bytes - (replaced == null ? 0 : replaced.bytes());
        while (recentBytes > MAX_RECENT_BYTES && recent.size() > 1) {
            recentBytes -= recent.pollFirstEntry().getValue().bytes();
        }
        return block;
    }

    Optional<SealedBlock> find(Hash id) {
        SealedBlock onItsWay = storing.get(id);
        if (onItsWay != null) {
            return Optional.of(onItsWay);
        }
        Sized cached = recent.get(id);
        return cached != null ? Optional.of(cached.block()) : index.body(id).map(this::read);
    }

    private SealedBlock read(Position position) {
        return reader.read(position);
    }
}
