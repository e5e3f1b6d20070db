package synod.chain.tree;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import synod.chain.store.Cursor;
import synod.chain.store.KeyValueReader;
import synod.chain.tree.TreeRows.StoredNode;
import synod.crypto.Hash;

/** Nodes in the store, those last asked for at hand. */
final class StoredNodes {
    private final KeyValueReader store;
    private final Map<Hash, StoredNode> cache;

    StoredNodes(KeyValueReader store, int maxCached) {
        this.store = store;
        this.cache = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Hash, StoredNode> eldest) {
                return size() > maxCached;
            }
        };
    }

    Optional<StoredNode> find(Hash id) {
        @Nullable StoredNode cached = cache.get(id);
        if (cached != null) {
            return Optional.of(cached);
        }
        return store.get(TreeRows.height(id)).map(row -> load(TreeRows.decodeHeight(row), id));
    }

    private StoredNode load(long height, Hash id) {
        StoredNode node = store.get(TreeRows.node(height, id))
                .map(TreeRows::decode)
                .orElseThrow(() -> TreeRows.damaged("block " + id + " at height " + height + " is missing"));
        if (!node.block().id().equals(id) || node.block().height() != height) {
            throw TreeRows.damaged("another block stands in the place of " + id + " at height " + height);
        }
        cache.put(id, node);
        return node;
    }

    /** The nodes of the adopted branch as the store has it, at these heights, the last excluded. */
    List<BlockNode> adopted(long from, long to) {
        List<Hash> ids = new ArrayList<>();
        try (Cursor rows = store.scan(TreeRows.adopted(from, to))) {
            while (rows.next()) {
                ids.add(TreeRows.decodeId(rows.value()));
            }
        }
        List<BlockNode> branch = new ArrayList<>();
        try (Cursor rows = store.scan(TreeRows.nodes(from, to))) {
            while (rows.next() && branch.size() < ids.size()) {
                BlockNode block = TreeRows.decode(rows.value()).block();
                if (block.id().equals(ids.get(branch.size()))) {
                    branch.add(block);
                }
            }
        }
        if (branch.size() != Math.max(0, to - from)) {
            throw TreeRows.damaged("of the blocks from height " + from + " to " + (to - 1) + " only the first "
                    + branch.size() + " are there");
        }
        return branch;
    }
}
