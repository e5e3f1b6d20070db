package synod.chain.tree;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import synod.chain.Rejection;
import synod.crypto.Hash;

/** The blocks last found invalid, and why. */
final class InvalidBlocks {
    private final int max;
    private final LinkedHashMap<Hash, Entry> entries = new LinkedHashMap<>();

    /** A refused block. */
    record Entry(BlockNode block, Rejection rejection) {}

    /** Remembers at most so many. */
    InvalidBlocks(int max) {
        this.max = max;
    }

    Optional<Entry> find(Hash id) {
        return Optional.ofNullable(entries.get(id));
    }

    void add(BlockNode block, Rejection rejection) {
        entries.putLast(block.id(), new Entry(block, rejection));
        if (entries.size() > max) {
            Map.Entry<Hash, Entry> _ = entries.pollFirstEntry();
        }
    }
}
