package synod.node.rpc.port;

import java.util.List;
import java.util.Optional;
import synod.chain.Rejection;
import synod.chain.transaction.Transaction;

/** Checks that transactions are signed by their senders for this chain; the node remembers which were. */
@FunctionalInterface
public interface SignaturePort {
    /** A fault, if there is any. */
    Optional<Rejection> check(List<Transaction> transactions);
}
