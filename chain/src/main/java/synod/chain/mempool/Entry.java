package synod.chain.mempool;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import synod.chain.Verified;
import synod.chain.transaction.Transaction;
import synod.crypto.Address;

/** A waiting transaction and what is known of its place in the order. */
final class Entry {
    /**
     * The order in which blocks take transactions: the ready ones first, each with the fee per byte of the worst one
     * that its sender must get rid of first, itself included; among equals the earlier arrival, then the nonce.
     *
     * <p>This is the order that comes out when a block again and again takes the best of every sender's next
     * transactions: once the worst of a sender's run is the best of all, the better ones behind it follow at once.
     */
    static final Comparator<Entry> BLOCK_ORDER = (a, b) -> a.compareAt(a.standing(), b);

    private final Verified<Transaction> verified;
    private final long sequence;
    private final long cost;
    private final FeeRate rate;
    private boolean local;
    private @Nullable Standing standing;

    /**
     * An entry that has no standing yet.
     *
     * @param sequence its number in the order of arrival
     * @param local whether this node promised to keep it
     */
    Entry(Verified<Transaction> verified, long sequence, boolean local) {
        Transaction transaction = verified.value();
        this.verified = verified;
        this.sequence = sequence;
        this.local = local;
        this.cost = costOf(transaction);
        this.rate = new FeeRate(transaction.fee().units(), transaction.size());
    }

    private static long costOf(Transaction transaction) {
        return SenderChain.saturatingSum(
                transaction.fee().units(), transaction.payload().cost().units());
    }

    /** Compares in block order with a ranked entry, as if this one had that standing. */
    int compareAt(Standing hypothetical, Entry other) {
        if (hypothetical.isReady() != other.standing().isReady()) {
            return hypothetical.isReady() ? -1 : 1;
        }
        int byWorst = compareAlone(hypothetical.worst(), other.standing().worst());
        return byWorst != 0 ? byWorst : Long.compare(nonce(), other.nonce());
    }

    /** Compares as if every transaction stood alone: higher rate first, then earlier arrival. */
    private static int compareAlone(Entry a, Entry b) {
        int byRate = b.rate.compareTo(a.rate);
        return byRate != 0 ? byRate : Long.compare(a.sequence, b.sequence);
    }

    /** The one of the two that blocks take later when both stand alone. */
    Entry worseOf(Entry other) {
        return compareAlone(this, other) >= 0 ? this : other;
    }

    Verified<Transaction> verified() {
        return verified;
    }

    Transaction transaction() {
        return verified.value();
    }

    Address sender() {
        return transaction().sender();
    }

    long nonce() {
        return transaction().nonce();
    }

    long sequence() {
        return sequence;
    }

    /** Fee and whatever else the sender pays, in units; {@link Long#MAX_VALUE} if more. */
    long cost() {
        return cost;
    }

    FeeRate rate() {
        return rate;
    }

    boolean isLocal() {
        return local;
    }

    void makeLocal() {
        local = true;
    }

    Standing standing() {
        if (standing == null) {
            throw new IllegalStateException(transaction() + " is ordered before it has a standing");
        }
        return standing;
    }

    /** Whether the entry is ranked. */
    boolean hasStanding() {
        return standing != null;
    }

    /** Changes the order: the entry must not be in a set that it orders meanwhile. */
    void setStanding(Standing next) {
        standing = next;
    }

    void clearStanding() {
        standing = null;
    }
}
