package synod.chain.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.state.LedgerView.HistoryEntry;
import synod.chain.state.LedgerView.TransactionLocation;
import synod.chain.store.Cursor;
import synod.chain.store.KeyRange;
import synod.chain.store.KeyValueReader;
import synod.chain.store.WriteBatch;
import synod.crypto.Address;
import synod.crypto.Hash;

/**
 * Where transactions stand and what touched an address: rows that no root covers, for they follow from the blocks.
 *
 * <p>The rows of blocks above the store are in memory. Of the store's rows only those up to the base height count: when
 * blocks in the store are undone, the base height falls first, and the rows go with the next write.
 */
final class LedgerIndex {
    private final KeyValueReader store;
    private final HashMap<Hash, TransactionLocation> locations = new HashMap<>();
    private final HashMap<Address, Deque<Row>> histories = new HashMap<>();
    private final List<byte[]> obsolete = new ArrayList<>();

    /** An index above this store. */
    LedgerIndex(KeyValueReader store) {
        this.store = store;
    }

    /** The indexes, ascending, of what touched one address in the block at one height. */
    private record Row(long height, List<Integer> indexes) {
        byte[] encode() {
            Encoder out = new Encoder(indexes.size() * Integer.BYTES);
            indexes.forEach(out::u32);
            return out.toBytes();
        }

        static Row decode(long height, byte[] value) throws RejectedException {
            Decoder in = new Decoder(value);
            List<Integer> indexes = new ArrayList<>(value.length / Integer.BYTES);
            while (in.remaining() > 0) {
                indexes.add(in.u32());
            }
            return new Row(height, indexes);
        }
    }

    /**
     * The rows of one block.
     *
     * @param transactions ids in their order
     * @param history indexes, ascending, by address
     */
    record BlockRows(long height, List<Hash> transactions, SequencedMap<Address, List<Integer>> history) {}

    void push(BlockRows block) {
        for (int i = 0; i < block.transactions().size(); i++) {
            locations.put(block.transactions().get(i), new TransactionLocation(block.height(), i));
        }
        block.history()
                .forEach((address, indexes) -> histories
                        .computeIfAbsent(address, _ -> new ArrayDeque<>(2))
                        .addLast(new Row(block.height(), indexes)));
    }

    /** Takes off the block on top. */
    void pop(BlockRows block) {
        block.transactions().forEach(locations::remove);
        block.history().keySet().forEach(address -> {
            Deque<Row> rows = histories.get(address);
            if (rows == null || rows.removeLast().height() != block.height()) {
                throw new IllegalStateException("a block was taken off that is not on top: " + block.height());
            }
            forgetIfEmpty(address, rows);
        });
    }

    private void forgetIfEmpty(Address address, Deque<Row> rows) {
        if (rows.isEmpty()) {
            histories.remove(address);
        }
    }

    /** Notes that the rows of a block in the store have become obsolete. */
    void rollBack(long height, UndoRecord undone) {
        undone.transactions().forEach(id -> obsolete.add(Rows.transaction(id)));
        undone.touched().forEach(address -> obsolete.add(Rows.history(address, height)));
    }

    /** Appends the deletion of obsolete rows, then the rows of these blocks, which may be the same ones anew. */
    void settle(List<BlockRows> blocks, WriteBatch out) {
        obsolete.forEach(out::delete);
        for (BlockRows block : blocks) {
            for (int i = 0; i < block.transactions().size(); i++) {
                byte[] value = new Encoder(12).u64(block.height()).u32(i).toBytes();
                out.put(Rows.transaction(block.transactions().get(i)), value);
            }
            block.history()
                    .forEach((address, indexes) ->
                            out.put(Rows.history(address, block.height()), new Row(block.height(), indexes).encode()));
        }
    }

    /** Forgets what the store holds now. */
    void settled(List<BlockRows> blocks) {
        obsolete.clear();
        for (BlockRows block : blocks) {
            for (Hash id : block.transactions()) {
                locations.remove(id);
            }
            for (Address address : block.history().keySet()) {
                Deque<Row> rows = histories.get(address);
                if (rows == null || rows.removeFirst().height() != block.height()) {
                    throw new IllegalStateException("rows were to be settled out of order: " + block.height());
                }
                forgetIfEmpty(address, rows);
            }
        }
    }

    /** Where a transaction stands, if it does. */
    Optional<TransactionLocation> locate(Hash transaction, long baseHeight) {
        TransactionLocation location = locations.get(transaction);
        if (location != null) {
            return Optional.of(location);
        }
        return store.get(Rows.transaction(transaction))
                .map(row -> Stored.read(row, "a transaction's place", LedgerIndex::decodeLocation))
                .filter(stored -> stored.height() <= baseHeight);
    }

    private static TransactionLocation decodeLocation(byte[] row) throws RejectedException {
        Decoder in = new Decoder(row);
        TransactionLocation location = new TransactionLocation(in.u63(), in.u32());
        in.finish();
        return location;
    }

    /** As {@link LedgerView#history}. */
    List<HistoryEntry> history(Address address, HistoryEntry before, int limit, long baseHeight) {
        List<HistoryEntry> entries = new ArrayList<>(Math.min(limit, 64));
        Iterator<Row> rows =
                histories.getOrDefault(address, new ArrayDeque<>(1)).descendingIterator();
        while (rows.hasNext() && entries.size() < limit) {
            add(rows.next(), before, limit, entries);
        }
        if (entries.size() < limit) {
            addStored(address, before, limit, baseHeight, entries);
        }
        return entries;
    }

    private void addStored(
            Address address, HistoryEntry before, int limit, long baseHeight, List<HistoryEntry> entries) {
        long highest = Math.min(baseHeight, before.height());
        if (highest < 0) {
            return;
        }
        KeyRange range = KeyRange.between(Rows.history(address, 0), Rows.history(address, highest + 1));
        try (Cursor cursor = store.scanReverse(range)) {
            while (entries.size() < limit && cursor.next()) {
                long height = Rows.historyHeight(cursor.key());
                add(
                        Stored.read(cursor.value(), "a history row", value -> Row.decode(height, value)),
                        before,
                        limit,
                        entries);
            }
        }
    }

    private static void add(Row row, HistoryEntry before, int limit, List<HistoryEntry> entries) {
        for (int i = row.indexes().size() - 1; i >= 0 && entries.size() < limit; i--) {
            HistoryEntry entry = new HistoryEntry(row.height(), row.indexes().get(i));
            if (entry.isOlderThan(before)) {
                entries.add(entry);
            }
        }
    }
}
