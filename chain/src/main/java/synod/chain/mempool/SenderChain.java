package synod.chain.mempool;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import synod.chain.Amount;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.state.Account;

/** One sender's waiting transactions by nonce, and what the sender's account makes of them. */
final class SenderChain {
    private final Ranking ranking;
    private final NavigableMap<Long, Entry> entries = new TreeMap<>();
    private Account account;
    private long nextNonce;
    private long lastLocalNonce = -1;

    SenderChain(Ranking ranking, Account account) {
        this.ranking = ranking;
        this.account = account;
        this.nextNonce = account.nonce();
    }

    Account account() {
        return account;
    }

    /** The lowest nonce that neither the account has used nor a waiting transaction has. */
    long nextNonce() {
        return nextNonce;
    }

    int size() {
        return entries.size();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    Optional<Entry> at(long nonce) {
        return Optional.ofNullable(entries.get(nonce));
    }

    /** Whether some entry cannot be paid. */
    boolean isOverdrawn() {
        Map.Entry<Long, Entry> last = entries.lastEntry();
        return last != null && !last.getValue().standing().payable();
    }

    /** What all entries cost together, in units; {@link Long#MAX_VALUE} if more. */
    long totalCost() {
        Map.Entry<Long, Entry> last = entries.lastEntry();
        return last == null ? 0 : last.getValue().standing().cumulativeCost();
    }

    /** The standing that an entry would have if it were added, in the place of the one with its nonce if there is one. */
    Standing standingIfAdded(Entry entry) {
        return standing(entry, before(entry.nonce()), Math.max(lastLocalNonce, entry.isLocal() ? entry.nonce() : -1));
    }

    /** Adds an entry; its nonce must be free. */
    void add(Entry entry) {
        if (entries.putIfAbsent(entry.nonce(), entry) != null) {
            throw new IllegalStateException("two entries of one sender with nonce " + entry.nonce());
        }
        if (entry.isLocal()) {
            extendLocal(entry.nonce());
        } else {
            rankFrom(entry.nonce());
        }
    }

    /** Ranks anew after an entry has been made local. */
    void extendLocal(long nonce) {
        long before = lastLocalNonce;
        lastLocalNonce = Math.max(before, nonce);
        rankFrom(Math.min(nonce, before + 1));
    }

    /** Removes an entry; those behind it then wait for its nonce. */
    void remove(Entry entry) {
        forget(List.of(entry));
    }

    private void forget(Collection<Entry> leaving) {
        for (Entry entry : leaving) {
            if (!entries.remove(entry.nonce(), entry)) {
                throw new IllegalStateException(entry.transaction() + " is not in its sender's chain");
            }
            ranking.remove(entry);
        }
        lastLocalNonce = entries.descendingMap().values().stream()
                .filter(Entry::isLocal)
                .findFirst()
                .map(Entry::nonce)
                .orElse(-1L);
        rankFrom(0);
    }

    /**
     * Takes another balance.
     *
     * @throws IllegalStateException if the account has used nonces meanwhile, which the mempool was not told
     */
    void revalue(Account now) {
        if (now.nonce() != account.nonce()) {
            throw new IllegalStateException(
                    "the head moved without the mempool: an account changed from " + account + " to " + now);
        }
        account = now;
        rankFrom(0);
    }

    /**
     * Takes the account as it is now, and removes what has become impossible: used nonces; and, except for local
     * entries, the first that cannot be paid any more with all behind it.
     *
     * @return what was removed and why, by nonce
     */
    Map<Entry, Rejection> update(Account now) {
        account = now;
        Map<Entry, Rejection> leaving = new LinkedHashMap<>();
        long cost = 0;
        @Nullable Entry unpayable = null;
        for (Entry entry : entries.values()) {
            long next = saturatingSum(cost, entry.cost());
            if (entry.nonce() < now.nonce()) {
                leaving.put(entry, nonceUsed(entry.nonce(), now));
            } else if (entry.isLocal()
                    || (unpayable == null && next <= now.balance().units())) {
                cost = next;
            } else if (unpayable == null) {
                unpayable = entry;
                leaving.put(entry, insufficient(cost, entry, now));
            } else {
                leaving.put(entry, afterUnpayable(unpayable));
            }
        }
        forget(leaving.keySet());
        return leaving;
    }

    static Rejection nonceUsed(long nonce, Account account) {
        return new Rejection(
                Reason.NONCE_USED,
                "nonce " + nonce + " is used already; the sender's next transaction has nonce " + account.nonce());
    }

    static Rejection insufficient(long others, Entry entry, Account account) {
        String before = others == 0 ? "" : ", of which other waiting transactions take " + new Amount(others);
        return new Rejection(
                Reason.INSUFFICIENT_BALANCE,
                "it costs " + new Amount(entry.cost()) + " with its fee; the sender has " + account.balance() + before);
    }

    private static Rejection afterUnpayable(Entry unpayable) {
        return new Rejection(
                Reason.INSUFFICIENT_BALANCE,
                "it must come after the sender's transaction with nonce " + unpayable.nonce()
                        + ", which cannot be paid any more");
    }

    static long saturatingSum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    private void rankFrom(long nonce) {
        @Nullable Entry before = before(nonce);
        long missing = nextNonce;
        if (before == null) {
            missing = account.nonce();
        } else if (before.standing().contiguous()) {
            missing = before.nonce() + 1;
        }
        for (Entry entry : entries.tailMap(nonce, true).values()) {
            ranking.place(entry, standing(entry, before, lastLocalNonce));
            if (entry.standing().contiguous()) {
                missing = entry.nonce() + 1;
            }
            before = entry;
        }
        nextNonce = missing;
    }

    private @Nullable Entry before(long nonce) {
        Map.Entry<Long, Entry> lower = entries.lowerEntry(nonce);
        return lower == null ? null : lower.getValue();
    }

    private Standing standing(Entry entry, @Nullable Entry before, long lastLocal) {
        boolean evictable = entry.nonce() > lastLocal;
        if (before == null) {
            return new Standing(
                    entry,
                    entry.nonce() == account.nonce(),
                    entry.cost() <= account.balance().units(),
                    entry.cost(),
                    evictable);
        }
        Standing earlier = before.standing();
        long cost = saturatingSum(earlier.cumulativeCost(), entry.cost());
        return new Standing(
                entry.worseOf(earlier.worst()),
                earlier.contiguous() && entry.nonce() == before.nonce() + 1,
                earlier.payable() && cost <= account.balance().units(),
                cost,
                evictable);
    }
}
