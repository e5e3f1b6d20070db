package synod.node.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import synod.chain.codec.ByteString;
import synod.chain.store.CarryOver;
import synod.chain.transaction.Transaction;
import synod.crypto.Hash;

/**
 * What a restart must find beside the blocks: acknowledged transactions that are not settled, and the engine's entries.
 * The journal's writer keeps one up to date and repeats it at the head of every new segment; a restart reads one from
 * the last segment.
 */
public final class SoftState implements CarryOver {
    private final Map<Hash, Transaction> transactions = new LinkedHashMap<>();
    private final SortedMap<ByteString, ByteString> engineEntries = new TreeMap<>();

    /** Takes the next record of the journal. */
    public void apply(JournalEntry entry) {
        switch (entry) {
            case JournalEntry.BlockEntry _ -> {}
            case JournalEntry.AcknowledgedTransaction(Transaction transaction) ->
                transactions.put(transaction.id(), transaction);
            case JournalEntry.TransactionsSettled(List<Hash> ids) -> ids.forEach(transactions::remove);
            case JournalEntry.EngineEntry(var entryOfEngine) -> {
                if (entryOfEngine.value().size() == 0) {
                    engineEntries.remove(entryOfEngine.key());
                } else {
                    engineEntries.put(entryOfEngine.key(), entryOfEngine.value());
                }
            }
        }
    }

    /** Acknowledged transactions that are not settled, oldest first. */
    public List<Transaction> acknowledgedTransactions() {
        return List.copyOf(transactions.values());
    }

    /** The engine's entries by key. */
    public SortedMap<ByteString, ByteString> engineEntries() {
        return new TreeMap<>(engineEntries);
    }

    @Override
    public List<CarryOver.Entry> entries() {
        List<CarryOver.Entry> entries = new ArrayList<>();
        transactions
                .values()
                .forEach(transaction -> add(entries, new JournalEntry.AcknowledgedTransaction(transaction)));
        engineEntries.forEach(
                (key, value) -> add(entries, new JournalEntry.EngineEntry(new synod.consensus.Entry(key, value))));
        return entries;
    }

    private static void add(List<CarryOver.Entry> entries, JournalEntry entry) {
        entries.add(new CarryOver.Entry(entry.kind(), entry.payload()));
    }
}
