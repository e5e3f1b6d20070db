package synod.chain.mempool;

import java.util.Iterator;
import java.util.NavigableSet;
import java.util.TreeSet;

/** All entries in block order, and those among them that may be dropped for better ones. */
final class Ranking {
    private final NavigableSet<Entry> all = new TreeSet<>(Entry.BLOCK_ORDER);
    private final NavigableSet<Entry> evictable = new TreeSet<>(Entry.BLOCK_ORDER);

    /** Gives an entry a standing, its first or a new one, and the place that goes with it. */
    void place(Entry entry, Standing standing) {
        if (entry.hasStanding()) {
            if (entry.standing().ranksLike(standing)) {
                entry.setStanding(standing);
                return;
            }
            remove(entry);
        }
        entry.setStanding(standing);
        all.add(entry);
        if (standing.evictable()) {
            evictable.add(entry);
        }
    }

    void remove(Entry entry) {
        if (!all.remove(entry) || evictable.remove(entry) != entry.standing().evictable()) {
            throw new IllegalStateException(entry.transaction() + " is not where its standing puts it");
        }
        entry.clearStanding();
    }

    /** In block order: the ready ones, then those that no block can take yet. */
    Iterator<Entry> inOrder() {
        return all.iterator();
    }

    /** Those that may be dropped, the one that blocks would take last first. */
    Iterator<Entry> worstFirst() {
        return evictable.descendingIterator();
    }
}
