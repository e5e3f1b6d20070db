package synod.node.rpc.port;

import java.util.List;
import java.util.Optional;
import synod.chain.Rejection;
import synod.chain.transaction.Transaction;

/** Checks that transactions are signed by their senders for this chain; the node remembers which were. */
@FunctionalInterface
public interface SignaturePort {
    /** Begins a check and returns; what others begin before one of them is awaited is checked together, at less cost. */
    Check begin(List<Transaction> transactions);

    /** A check under way. */
    @FunctionalInterface
    interface Check {
        /** A fault, if there is any. */
        Optional<Rejection> await();
    }

    /** A fault, if there is any. */
    default Optional<Rejection> check(List<Transaction> transactions) {
        return begin(transactions).await();
    }
}
