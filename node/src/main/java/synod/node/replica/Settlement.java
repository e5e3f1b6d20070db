package synod.node.replica;

import java.util.OptionalLong;

/**
 * Decides when the key-value store follows the ledger. It stays some blocks behind the head, for the ones that a
 * reorganisation undoes are cheapest undone in memory, and it writes many blocks at a time, for they touch the same
 * accounts.
 */
final class Settlement {
    private static final int BLOCKS_AT_A_TIME = 64;
    private static final int TRANSACTIONS_AT_A_TIME = 20_000;

    private final Outbox out;
    private final Chain chain;
    private final int behind;
    private int transactions;
    private OptionalLong writing = OptionalLong.empty();

    Settlement(Outbox out, Chain chain, int behind) {
        this.out = out;
        this.chain = chain;
        this.behind = behind;
    }

    /** Blocks with so many transactions were executed. */
    void executed(int count) {
        transactions += count;
    }

    /** Begins the next write if one is due, and says up to which height. */
    OptionalLong next() {
        long head = chain.head().height();
        long settled = head - chain.ledger().unsettled();
        long target = Math.max(head - behind, Math.min(head, chain.finalizedHeight()));
        boolean due =
                target - settled >= BLOCKS_AT_A_TIME || target > settled && transactions >= TRANSACTIONS_AT_A_TIME;
        if (writing.isPresent() || !due) {
            return OptionalLong.empty();
        }
        transactions = 0;
        writing = OptionalLong.of(target);
        out.add(new Output.Write(out.nextTicket(), chain.settle(target)));
        return writing;
    }

    /** The write is done. */
    void written() {
        chain.settled(writing.orElseThrow());
        writing = OptionalLong.empty();
    }
}
