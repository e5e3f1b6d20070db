package synod.chain.mempool;

import java.util.List;
import java.util.Optional;
import synod.chain.transaction.Transaction;
import synod.crypto.Address;
import synod.crypto.Hash;

/** What may be read of the mempool. */
public interface MempoolView {
    /** The waiting transaction with this id. */
    Optional<Transaction> transaction(Hash id);

    /** Why a waiting transaction is not in a block yet; empty if it does not wait here. */
    Optional<Wait> why(Hash id);

    /** The nonce that the sender's next transaction needs, after those that wait without a gap. */
    long nextNonce(Address sender);

    /** Waiting transactions in the order in which blocks would take them, at most so many. */
    List<Transaction> inOrder(int limit);

    /** How many wait. */
    int count();

    /** Their encoded size together. */
    long bytes();
}
