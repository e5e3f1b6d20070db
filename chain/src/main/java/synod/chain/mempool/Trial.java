package synod.chain.mempool;

import java.util.Optional;
import synod.chain.Rejection;
import synod.chain.transaction.Transaction;

/** What the state after the adopted head, at any time, says of a transaction. */
@FunctionalInterface
public interface Trial {
    /**
     * Why a block on the head, in its epoch where there are such, could not begin with this transaction. Its signatures are
     * not looked at, and nothing changes.
     */
    Optional<Rejection> onHead(Transaction transaction);
}
