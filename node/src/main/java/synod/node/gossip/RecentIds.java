package synod.node.gossip;

import java.util.LinkedHashSet;
import synod.crypto.Hash;

/** The last so many ids that were added. */
final class RecentIds {
    private final int capacity;
    private final LinkedHashSet<Hash> ids = new LinkedHashSet<>();

    RecentIds(int capacity) {
        this.capacity = capacity;
    }

    /** Adds an id, forgetting the oldest if there are too many; false if it was here. */
    boolean add(Hash id) {
        if (!ids.add(id)) {
            return false;
        }
        if (ids.size() > capacity) {
            ids.removeFirst();
        }
        return true;
    }

    boolean contains(Hash id) {
        return ids.contains(id);
    }

    void clear() {
        ids.clear();
    }
}
