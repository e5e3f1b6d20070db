package synod.chain.tree;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import synod.chain.store.Cursor;
import synod.chain.store.KeyValueReader;
import synod.chain.store.WriteBatch;
import synod.crypto.Hash;

/**
 * Which block stands at which height of the branch that leads to the head. The part that changed since it was stored is
 * in memory; it reaches from some height up to the head.
 */
final class AdoptedBranch {
    private final KeyValueReader store;
    private final Hash genesis;

    /** What differs from the store; empty for a height where the store has a row and the branch has no block. */
    private final NavigableMap<Long, Optional<Hash>> changed = new TreeMap<>();

    private final NavigableMap<Long, Optional<Hash>> beingWritten = new TreeMap<>();
    private long height;

    /** No row of the store stands above this height, whether the batch at hand is written or not. */
    private long storedTop;

    /** The same once the batch at hand is written. */
    private long topWhenWritten;

    /** A branch that has only its genesis block, over whatever an earlier run stored. */
    AdoptedBranch(KeyValueReader store, Hash genesis) {
        this.store = store;
        this.genesis = genesis;
        try (Cursor rows = store.scanReverse(TreeRows.allAdopted())) {
            this.storedTop = rows.next() ? TreeRows.heightInKey(rows.key()) : 0;
        }
    }

    long height() {
        return height;
    }

    Optional<Hash> at(long wanted) {
        if (wanted < 0 || wanted > height) {
            return Optional.empty();
        }
        @Nullable Optional<Hash> here = changed.get(wanted);
        return here != null ? here : stored(wanted);
    }

    boolean contains(BlockNode block) {
        return at(block.height()).filter(block.id()::equals).isPresent();
    }

    /** What the store says, whether it is still so or not. */
    Optional<Hash> stored(long wanted) {
        return wanted == 0
                ? Optional.of(genesis)
                : store.get(TreeRows.adopted(wanted)).map(TreeRows::decodeId);
    }

    /** The first height that is in memory; one above the head if none is. */
    long firstChanged() {
        @Nullable Long first = changed.isEmpty() ? null : changed.firstKey();
        return first == null ? height + 1 : Math.min(first, height + 1);
    }

    /** Cuts the branch above the fork, and continues it with these blocks. */
    void replaceAbove(long fork, List<Hash> continuation) {
        changed.tailMap(fork, false).clear();
        long next = fork;
        for (Hash id : continuation) {
            changed.put(++next, Optional.of(id));
        }
        height = next;
        for (long stale = height + 1; stale <= storedTop; stale++) {
            changed.put(stale, Optional.empty());
        }
    }

    /** Adds to a batch what brings the rows up to this height, and no higher. */
    void settle(long target, WriteBatch out) {
        long top = Math.min(target, height);
        topWhenWritten = Math.max(storedTop, top);
        for (Map.Entry<Long, Optional<Hash>> change : changed.entrySet()) {
            long at = change.getKey();
            if (at <= top) {
                out.put(TreeRows.adopted(at), change.getValue().orElseThrow().bytes());
                beingWritten.put(at, change.getValue());
            } else if (at <= storedTop) {
                // a longer branch was stored here once; what is above the target is written when it is settled
                out.delete(TreeRows.adopted(at));
                beingWritten.put(at, Optional.empty());
                topWhenWritten = Math.min(topWhenWritten, at - 1);
            }
        }
        storedTop = Math.max(storedTop, top);
    }

    /** The batch is written. */
    void settled() {
        beingWritten.forEach((at, written) -> {
            if (written.equals(changed.get(at))) {
                changed.remove(at);
            }
        });
        beingWritten.clear();
        storedTop = topWhenWritten;
        changed.tailMap(Math.max(height, storedTop), false).clear();
    }
}
