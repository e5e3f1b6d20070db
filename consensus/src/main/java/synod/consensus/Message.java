package synod.consensus;

import java.util.List;
import synod.chain.transaction.Transaction;

/** What engines say to each other. Each engine has its own sealed family. */
public interface Message {
    /** The canonical encoding, signature included. */
    byte[] encode();

    /** The transactions that it carries: those of a proposed block. */
    default List<Transaction> transactions() {
        return List.of();
    }
}
