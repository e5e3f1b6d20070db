package synod.chain.store;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A {@link KeyValueStore} in memory that knows which batches are synced, and can crash. For tests and simulations;
 * deterministic.
 *
 * <p>The first write after a snapshot or scan was taken copies the map (not the keys and values).
 */
public final class MemoryKeyValueStore implements KeyValueStore {
    /** Older unsynced batches count as written back: a system does not hold back writes for ever. */
    private static final int MAX_UNSYNCED_BATCHES = 4096;

    private TreeMap<byte[], byte[]> entries = newMap();
    private boolean shared;
    private final TreeMap<byte[], byte[]> synced = newMap();
    private final Deque<WriteBatch> unsynced = new ArrayDeque<>();
    private boolean closed;

    /** The store as it is found after a crash now that kept so many of the unsynced batches, the oldest first. */
    public synchronized MemoryKeyValueStore crash(int keepUnsyncedBatches) {
        MemoryKeyValueStore after = new MemoryKeyValueStore();
        after.synced.putAll(synced);
        unsynced.stream().limit(keepUnsyncedBatches).forEach(batch -> apply(batch, after.synced));
        after.entries.putAll(after.synced);
        return after;
    }

    /** How many of the latest batches a crash could take back. */
    public synchronized int unsyncedBatches() {
        return unsynced.size();
    }

    @Override
    public synchronized void write(WriteBatch batch, boolean sync) {
        requireOpen();
        if (shared) {
            TreeMap<byte[], byte[]> copy = newMap();
            copy.putAll(entries);
            entries = copy;
            shared = false;
        }
        apply(batch, entries);
        WriteBatch kept = new WriteBatch();
        batch.changes()
                .forEach(change -> change.value()
                        .ifPresentOrElse(value -> kept.put(change.key(), value), () -> kept.delete(change.key())));
        unsynced.addLast(kept);
        while (sync && !unsynced.isEmpty() || unsynced.size() > MAX_UNSYNCED_BATCHES) {
            apply(unsynced.removeFirst(), synced);
        }
    }

    @Override
    public synchronized Optional<byte[]> get(byte[] key) {
        requireOpen();
        return get(entries, key);
    }

    @Override
    public synchronized Cursor scan(KeyRange range) {
        return new MapCursor(select(share(), range));
    }

    @Override
    public synchronized Cursor scanReverse(KeyRange range) {
        return new MapCursor(select(share(), range).descendingMap());
    }

    @Override
    public synchronized Snapshot snapshot() {
        return new MapSnapshot(share());
    }

    @Override
    public synchronized void clear() {
        requireOpen();
        entries = newMap();
        shared = false;
        synced.clear();
        unsynced.clear();
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private TreeMap<byte[], byte[]> share() {
        requireOpen();
        shared = true;
        return entries;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
    }

    private static TreeMap<byte[], byte[]> newMap() {
        return new TreeMap<>(Arrays::compareUnsigned);
    }

    private static void apply(WriteBatch batch, Map<byte[], byte[]> target) {
        for (WriteBatch.Change change : batch.changes()) {
            change.value()
                    .ifPresentOrElse(
                            value -> target.put(change.key().clone(), value.clone()),
                            () -> target.remove(change.key()));
        }
    }

    private static Optional<byte[]> get(Map<byte[], byte[]> map, byte[] key) {
        return Optional.ofNullable(map.get(key)).map(byte[]::clone);
    }

    private static NavigableMap<byte[], byte[]> select(NavigableMap<byte[], byte[]> map, KeyRange range) {
        if (range.to().isEmpty()) {
            return map.tailMap(range.from(), true);
        }
        byte[] to = range.to().get();
        return Arrays.compareUnsigned(range.from(), to) >= 0 ? newMap() : map.subMap(range.from(), true, to, false);
    }

    /** A map that nobody changes any more. */
    private record MapSnapshot(NavigableMap<byte[], byte[]> map) implements Snapshot {
        @Override
        public Optional<byte[]> get(byte[] key) {
            return MemoryKeyValueStore.get(map, key);
        }

        @Override
        public Cursor scan(KeyRange range) {
            return new MapCursor(select(map, range));
        }

        @Override
        public Cursor scanReverse(KeyRange range) {
            return new MapCursor(select(map, range).descendingMap());
        }

        @Override
        public void close() {
            // the garbage collector does it
        }
    }

    private static final class MapCursor implements Cursor {
        private final Iterator<Map.Entry<byte[], byte[]>> iterator;
        private Map.@Nullable Entry<byte[], byte[]> here;

        MapCursor(NavigableMap<byte[], byte[]> map) {
            iterator = map.entrySet().iterator();
        }

        @Override
        public boolean next() {
            here = iterator.hasNext() ? iterator.next() : null;
            return here != null;
        }

        @Override
        public byte[] key() {
            return entry().getKey().clone();
        }

        @Override
        public byte[] value() {
            return entry().getValue().clone();
        }

        @Override
        public void close() {
            here = null;
        }

        private Map.Entry<byte[], byte[]> entry() {
            if (here == null) {
                throw new IllegalStateException("the cursor stands on no entry");
            }
            return here;
        }
    }
}
