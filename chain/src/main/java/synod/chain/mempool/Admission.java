package synod.chain.mempool;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.LedgerRules;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.state.Account;
import synod.chain.transaction.Transaction;

/** Who may enter the pool, and who must leave it for that. Changes nothing. */
final class Admission {
    private final LedgerRules rules;
    private final MempoolLimits limits;
    private final Pool pool;

    Admission(LedgerRules rules, MempoolLimits limits, Pool pool) {
        this.rules = rules;
        this.limits = limits;
        this.pool = pool;
    }

    /** Bytes that the transactions of one block can take together, however much the engine adds to the header. */
    int blockRoom() {
        return rules.maxBlockBytes() - Block.MAX_BYTES_BESIDE_TRANSACTIONS;
    }

    /** Refuses what no state could make good: size, fee, content. */
    void checkAlone(Transaction transaction) throws RejectedException {
        int size = transaction.size();
        if (size > blockRoom()) {
            throw new RejectedException(Reason.TOO_LARGE, size + " bytes; a block has room for " + blockRoom());
        }
        Amount minFee = rules.minFee(size);
        if (transaction.fee().compareTo(minFee) < 0) {
            throw new RejectedException(
                    Reason.FEE_TOO_LOW,
                    "the fee is " + transaction.fee() + "; for " + size + " bytes it is at least " + minFee);
        }
        transaction.payload().check(rules);
    }

    /** Refuses what does not fit the sender's account and waiting transactions. */
    void checkChain(Entry entry, SenderChain chain, @Nullable Entry replaced) throws RejectedException {
        Account account = chain.account();
        if (entry.nonce() < account.nonce()) {
            throw new RejectedException(SenderChain.nonceUsed(entry.nonce(), account));
        }
        if (entry.nonce() - chain.nextNonce() > MempoolLimits.MAX_NONCE_GAP) {
            throw new RejectedException(
                    Reason.NONCE_TOO_FAR,
                    "nonce " + entry.nonce() + " is more than " + MempoolLimits.MAX_NONCE_GAP
                            + " ahead of the sender's next one, " + chain.nextNonce());
        }
        if (replaced != null) {
            checkReplacement(entry, replaced);
        } else if (chain.size() >= limits.maxPerSender()) {
            throw new RejectedException(
                    Reason.TOO_MANY_PENDING,
                    chain.size() + " transactions of this sender wait already, as many as one sender may have");
        }
        long others = chain.totalCost() - (replaced == null ? 0 : replaced.cost());
        if (entry.cost() > account.balance().units() - others) {
            throw new RejectedException(SenderChain.insufficient(others, entry, account));
        }
    }

    private static void checkReplacement(Entry entry, Entry replaced) throws RejectedException {
        long fee = replaced.rate().fee();
        long raise = Math.max(1, fee / 10 + (fee % 10 == 0 ? 0 : 1));
        if (entry.rate().fee() - fee < raise || entry.rate().compareTo(replaced.rate()) < 0) {
            throw new RejectedException(
                    Reason.REPLACEMENT_UNDERPRICED,
                    replaced.transaction().id() + " waits with this nonce; to replace it, a fee of at least "
                            + new Amount(SenderChain.saturatingSum(fee, raise))
                            + " is needed, and no less for each byte");
        }
    }

    /** Refuses a local transaction when the share for such is full; the replaced one makes room if it is local. */
    void checkLocalRoom(Transaction transaction, @Nullable Entry replaced) throws RejectedException {
        int count = pool.locals().count() + 1;
        long bytes = pool.locals().bytes() + transaction.size();
        if (replaced != null && replaced.isLocal()) {
            count--;
            bytes -= replaced.transaction().size();
        }
        if (count > limits.maxLocalCount() || bytes > limits.maxLocalBytes()) {
            throw new RejectedException(
                    Reason.MEMPOOL_FULL,
                    "this node keeps no more for its clients: " + pool.locals().count() + " transactions in "
                            + pool.locals().bytes()
                            + " bytes wait; try again when some are included, or try another node");
        }
    }

    /** Finds whom a transaction from a peer drives out, worst first: all of them come after it in block order. */
    List<Entry> findRoom(Entry entry, Standing standing, @Nullable Entry replaced) throws RejectedException {
        int count = pool.remoteCount() + 1;
        long bytes = pool.remoteBytes() + entry.transaction().size();
        if (replaced != null) {
            count--;
            bytes -= replaced.transaction().size();
        }
        List<Entry> leaving = new ArrayList<>();
        Iterator<Entry> worstFirst = pool.ranking().worstFirst();
        while (exceeds(count, bytes)) {
            @Nullable Entry worst = worstFirst.hasNext() ? worstFirst.next() : null;
            if (worst == null || entry.compareAt(standing, worst) >= 0) {
                throw new RejectedException(Reason.MEMPOOL_FULL, whyFull(standing, worst));
            }
            if (worst != replaced) {
                leaving.add(worst);
                count--;
                bytes -= worst.transaction().size();
            }
        }
        return leaving;
    }

    /** Whether so much from peers is more than may wait. */
    boolean exceeds(int remoteCount, long remoteBytes) {
        return remoteCount > limits.maxCount() || remoteBytes > limits.maxBytes();
    }

    private String whyFull(Standing standing, @Nullable Entry worst) {
        String full = "the mempool is full, with " + pool.remoteCount() + " transactions from peers in "
                + pool.remoteBytes() + " bytes, and ";
        if (worst == null) {
            return full + "none of them may be dropped";
        }
        return full
                + (standing.isReady()
                        ? "the least of them pays " + worst.standing().worst().rate()
                                + " units a byte; this one, with those of the sender before it, "
                                + standing.worst().rate()
                        : "this one must still wait for the sender's nonces before it");
    }
}
