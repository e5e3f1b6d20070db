package synod.chain.state;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import synod.chain.StateKey;
import synod.chain.store.WriteBatch;

/**
 * The state's records in many versions: those that the store holds, and above them what each block wrote. A read gives
 * the newest version.
 *
 * <p>When blocks in the store are undone, the values that they had replaced stand above the store's as one more layer,
 * the rollback, below all blocks.
 */
final class RecordTable implements RecordReader {
    /** Records read from the store that are kept in memory, those used last. */
    private static final int CACHED_RECORDS = 1 << 16;

    private static final long ROLLBACK = -1;

    private final Function<byte[], Optional<byte[]>> store;
    private final HashMap<StateKey, History> histories = new HashMap<>();
    private final LinkedHashMap<StateKey, Version> rollback = new LinkedHashMap<>();

    private final LinkedHashMap<StateKey, Optional<byte[]>> cache = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StateKey, Optional<byte[]>> eldest) {
            return size() > CACHED_RECORDS;
        }
    };

    /** A table above the store whose rows this function reads. */
    RecordTable(Function<byte[], Optional<byte[]>> store) {
        this.store = store;
    }

    /** All versions of one record above the store, as a list linked both ways. Never empty. */
    private static final class History {
        private @Nullable Version newest;
        private @Nullable Version oldest;
    }

    /** What one block made of one record. */
    static final class Version {
        private final StateKey key;
        private final History history;
        private final long height;
        private final Optional<byte[]> value;
        private @Nullable Version newer;
        private @Nullable Version older;

        private Version(StateKey key, History history, long height, Optional<byte[]> value) {
            this.key = key;
            this.history = history;
            this.height = height;
            this.value = value;
        }

        private boolean isNewestUpTo(long limit) {
            return newer == null || newer.height > limit;
        }
    }

    @Override
    public Optional<byte[]> read(StateKey key) {
        History history = histories.get(key);
        return history == null || history.newest == null ? readStore(key) : history.newest.value;
    }

    private Optional<byte[]> readStore(StateKey key) {
        Optional<byte[]> cached = cache.get(key);
        if (cached != null) {
            return cached;
        }
        Optional<byte[]> value = store.apply(Rows.record(key));
        cache.put(key, value);
        return value;
    }

    /** Puts what a block did on top, and returns the versions for {@link #pop} and {@link #settle}. */
    List<Version> push(long height, List<RecordChange> changes) {
        List<Version> versions = new ArrayList<>(changes.size());
        changes.forEach(change -> versions.add(append(change.key(), height, change.after())));
        return versions;
    }

    private Version append(StateKey key, long height, Optional<byte[]> value) {
        History history = histories.computeIfAbsent(key, _ -> new History());
        Version version = new Version(key, history, height, value);
        version.older = history.newest;
        if (history.newest == null) {
            history.oldest = version;
        } else {
            history.newest.newer = version;
        }
        history.newest = version;
        return version;
    }

    /** Takes the block on top off. */
    void pop(List<Version> versions) {
        for (Version version : versions) {
            History history = version.history;
            if (history.newest != version) {
                throw new IllegalStateException("a block was taken off that is not on top: " + version.key);
            }
            removeNewest(history, version);
        }
    }

    private void removeNewest(History history, Version newest) {
        history.newest = newest.older;
        if (newest.older == null) {
            histories.remove(newest.key);
        } else {
            newest.older.newer = null;
        }
    }

    /** Lays the values from before a block over the store's, when no block stands above the store any more. */
    void rollBack(List<UndoRecord.Previous> records) {
        for (UndoRecord.Previous record : records) {
            History history = histories.get(record.key());
            if (history != null && history.newest != null) {
                if (history.newest.height != ROLLBACK) {
                    throw new IllegalStateException("a stored block was undone below blocks that still stand");
                }
                removeNewest(history, history.newest);
            }
            rollback.put(record.key(), append(record.key(), ROLLBACK, record.value()));
        }
    }

    /**
     * Appends the newest versions up to a height.
     *
     * @param blocks versions of the blocks above the store up to that height, in their order
     */
    void settle(List<List<Version>> blocks, long height, WriteBatch out) {
        settle(rollback.values(), height, out);
        blocks.forEach(versions -> settle(versions, height, out));
    }

    private static void settle(Collection<Version> versions, long height, WriteBatch out) {
        for (Version version : versions) {
            if (version.isNewestUpTo(height)) {
                byte[] row = Rows.record(version.key);
                version.value.ifPresentOrElse(value -> out.put(row, value), () -> out.delete(row));
            }
        }
    }

    /** Forgets those versions, now that the store holds what counts of them. */
    void settled(List<List<Version>> blocks, long height) {
        settled(rollback.values(), height);
        rollback.clear();
        blocks.forEach(versions -> settled(versions, height));
    }

    private void settled(Collection<Version> versions, long height) {
        for (Version version : versions) {
            if (version.isNewestUpTo(height)) {
                cache.put(version.key, version.value);
            }
            History history = version.history;
            if (history.oldest != version) {
                throw new IllegalStateException("versions were to be settled out of order: " + version.key);
            }
            history.oldest = version.newer;
            if (version.newer == null) {
                histories.remove(version.key);
            } else {
                version.newer.older = null;
            }
        }
    }

    /** Everything above the store, newest versions only, in order of the keys. */
    NavigableMap<StateKey, Optional<byte[]>> aboveStore(List<List<Version>> blocks) {
        NavigableMap<StateKey, Optional<byte[]>> values = new TreeMap<>();
        rollback.forEach((key, version) -> values.put(key, version.value));
        blocks.forEach(versions -> versions.forEach(version -> values.put(version.key, version.value)));
        return values;
    }
}
