package synod.chain.mempool;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;
import synod.chain.Verified;
import synod.chain.transaction.Transaction;
import synod.crypto.Hash;

/** The local transactions that wait, and which of those lately included were local, should they come back. */
final class LocalTransactions {
    private final int maxIncluded;
    private final TreeMap<Long, Entry> waiting = new TreeMap<>();
    private final LinkedHashSet<Hash> included = new LinkedHashSet<>();
    private long bytes;

    /** Remembers at most so many of those included, the latest. */
    LocalTransactions(int maxIncluded) {
        this.maxIncluded = maxIncluded;
    }

    void add(Entry entry) {
        waiting.put(entry.sequence(), entry);
        bytes += entry.transaction().size();
    }

    void remove(Entry entry) {
        if (waiting.remove(entry.sequence()) != entry) {
            throw new IllegalStateException(entry.transaction() + " is local but not among the local ones");
        }
        bytes -= entry.transaction().size();
    }

    /** Remembers that a block took this local transaction. */
    void rememberIncluded(Hash id) {
        included.addLast(id);
        if (included.size() > maxIncluded) {
            included.removeFirst();
        }
    }

    /** Whether a transaction that comes back was local; this is then forgotten. */
    boolean comesBack(Hash id) {
        return included.remove(id);
    }

    /** How many wait. */
    int count() {
        return waiting.size();
    }

    /** Encoded size of those that wait. */
    long bytes() {
        return bytes;
    }

    /** Those that wait, in the order of their arrival. */
    List<Verified<Transaction>> inArrivalOrder() {
        return waiting.values().stream().map(Entry::verified).toList();
    }
}
