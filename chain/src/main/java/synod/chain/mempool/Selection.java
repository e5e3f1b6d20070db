package synod.chain.mempool;

import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import synod.chain.Verified;
import synod.chain.transaction.Transaction;
import synod.crypto.Address;

/**
 * A walk through the ready transactions in block order: best fee per byte first, each sender's nonces in order.
 *
 * <p>Whoever fills a block with it and does not take what {@link #next} gave must say {@link #skipSender}, since the
 * sender's later nonces are then worth nothing. A selection ends when the mempool changes: it throws
 * {@link java.util.ConcurrentModificationException} from then on.
 */
public final class Selection implements Iterator<Verified<Transaction>> {
    private final Iterator<Entry> order;
    private final Set<Address> skipped = new HashSet<>();
    private @Nullable Entry next;
    private @Nullable Entry last;

    Selection(Ranking ranking) {
        this.order = ranking.inOrder();
    }

    @Override
    public boolean hasNext() {
        while (next == null && order.hasNext()) {
            Entry entry = order.next();
            if (!entry.standing().isReady()) {
                return false;
            }
            if (!skipped.contains(entry.sender())) {
                next = entry;
            }
        }
        return next != null;
    }

    @Override
    public Verified<Transaction> next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException("no ready transaction is left");
        }
        last = next;
        next = null;
        return last.verified();
    }

    /**
     * Leaves out everything else of the sender of what {@link #next} gave last.
     *
     * @throws IllegalStateException before the first {@link #next}, and after a {@link #hasNext} that followed it
     */
    public void skipSender() {
        if (last == null || next != null) {
            throw new IllegalStateException("nothing has just been selected");
        }
        skipped.add(last.sender());
    }
}
