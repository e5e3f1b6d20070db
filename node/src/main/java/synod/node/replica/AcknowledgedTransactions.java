package synod.node.replica;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import synod.chain.state.LedgerView;
import synod.chain.transaction.Transaction;
import synod.crypto.Hash;

/**
 * The transactions that clients of this node were told are kept. Each stays in the journal's soft state until it is
 * settled: included so deep that the store holds it, or its nonce used there by another.
 */
final class AcknowledgedTransactions {
    /** All of them must fit into one segment of the journal, which begins with them. */
    private static final long MAX_BYTES = 32L << 20;

    private final Map<Hash, Transaction> unsettled = new LinkedHashMap<>();

    /** Those whose nonce another transaction has used, and the head's height when that was first seen. */
    private final Map<Hash, Long> displacedSince = new HashMap<>();

    private long bytes;

    void add(Transaction transaction) {
        if (unsettled.put(transaction.id(), transaction) == null) {
            bytes += transaction.size();
        }
    }

    /** Whether no further one may be acknowledged until some are settled. */
    boolean isFull() {
        return bytes >= MAX_BYTES;
    }

    boolean contains(Hash id) {
        return unsettled.containsKey(id);
    }

    /** Takes out and returns those that the branch has settled up to this height. */
    List<Hash> settledAt(long height, LedgerView ledger) {
        List<Hash> settled = new ArrayList<>();
        for (Transaction transaction : unsettled.values()) {
            if (isSettled(transaction, height, ledger)) {
                settled.add(transaction.id());
            }
        }
        for (Hash id : settled) {
            bytes -= Objects.requireNonNull(unsettled.remove(id)).size();
            displacedSince.remove(id);
        }
        return settled;
    }

    private boolean isSettled(Transaction transaction, long height, LedgerView ledger) {
        Optional<LedgerView.TransactionLocation> location = ledger.locate(transaction.id());
        if (location.isPresent() || ledger.account(transaction.sender()).nonce() <= transaction.nonce()) {
            displacedSince.remove(transaction.id());
            return location.filter(found -> found.height() <= height).isPresent();
        }
        // another of the sender's took its place, and is settled itself when the height of today is
        return displacedSince.computeIfAbsent(transaction.id(), _ -> ledger.height()) <= height;
    }
}
