package synod.node.replica;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import synod.chain.state.LedgerView;
import synod.chain.transaction.Transaction;
import synod.crypto.Hash;

/**
 * The transactions that clients of this node were told are kept. Each stays in the journal's soft state until it is
 * settled: included so deep that the store holds it, or its nonce used there by another.
 */
final class AcknowledgedTransactions {
    private final Map<Hash, Transaction> unsettled = new LinkedHashMap<>();

    void add(Transaction transaction) {
        unsettled.put(transaction.id(), transaction);
    }

    boolean contains(Hash id) {
        return unsettled.containsKey(id);
    }

    /** Takes out and returns those that the branch has settled up to this height. */
    List<Hash> settledAt(long height, LedgerView ledger) {
        List<Hash> settled = new ArrayList<>();
        for (Transaction transaction : unsettled.values()) {
            boolean deep = ledger.locate(transaction.id())
                    .map(location -> location.height() <= height)
                    // not on the branch, and its nonce is used: another of the sender's took its place
                    .orElseGet(() -> ledger.account(transaction.sender()).nonce() > transaction.nonce());
            if (deep) {
                settled.add(transaction.id());
            }
        }
        settled.forEach(unsettled::remove);
        return settled;
    }
}
