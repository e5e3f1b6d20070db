package synod.chain.mempool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import synod.chain.Rejection;
import synod.chain.state.Account;
import synod.crypto.Address;
import synod.crypto.Hash;

/** The entries, found by id, by sender and by rank, and counted. What may enter is for others to judge. */
final class Pool {
    private final Ranking ranking = new Ranking();
    private final Map<Hash, Entry> byId = new HashMap<>();
    private final Map<Address, SenderChain> chains = new HashMap<>();
    private final TreeSet<Address> overdrawn = new TreeSet<>();
    private final LocalTransactions locals;
    private long bytes;

    Pool(LocalTransactions locals) {
        this.locals = locals;
    }

    Optional<Entry> find(Hash id) {
        return Optional.ofNullable(byId.get(id));
    }

    Optional<SenderChain> chain(Address sender) {
        return Optional.ofNullable(chains.get(sender));
    }

    /** The sender's chain; a new one, which is not kept until something is inserted, if nothing of the sender waits. */
    SenderChain chainOrNew(Address sender, Account account) {
        @Nullable SenderChain chain = chains.get(sender);
        return chain == null ? new SenderChain(ranking, account) : chain;
    }

    /** Senders with a transaction that waits for money. */
    Collection<Address> overdrawn() {
        return overdrawn;
    }

    Ranking ranking() {
        return ranking;
    }

    LocalTransactions locals() {
        return locals;
    }

    int count() {
        return byId.size();
    }

    long bytes() {
        return bytes;
    }

    /** How many came from peers. */
    int remoteCount() {
        return byId.size() - locals.count();
    }

    /** The size of those that came from peers. */
    long remoteBytes() {
        return bytes - locals.bytes();
    }

    /** Adds an entry; the account is its sender's, for the case that nothing of the sender waits yet. */
    void insert(Entry entry, Account account) {
        SenderChain chain = chainOrNew(entry.sender(), account);
        chain.add(entry);
        chains.put(entry.sender(), chain);
        byId.put(entry.transaction().id(), entry);
        bytes += entry.transaction().size();
        if (entry.isLocal()) {
            locals.add(entry);
        }
        tidy(entry.sender(), chain);
    }

    /** Removes an entry; those behind it in its sender's chain stay. */
    void remove(Entry entry) {
        SenderChain chain = chainOf(entry);
        chain.remove(entry);
        unlist(entry);
        tidy(entry.sender(), chain);
    }

    /** Makes local what came from a peer. */
    void makeLocal(Entry entry) {
        entry.makeLocal();
        locals.add(entry);
        chainOf(entry).extendLocal(entry.nonce());
    }

    /** Takes note of a sender's balance, which a payment or a reward can change at any time. Removes nothing. */
    void revalue(Address sender, SenderChain chain, Account account) {
        if (!chain.account().equals(account)) {
            chain.revalue(account);
            tidy(sender, chain);
        }
    }

    /** Takes note of a sender's account, and removes from the chain what it makes impossible. */
    List<Dropped> update(Address sender, SenderChain chain, Account account) {
        List<Dropped> dropped = new ArrayList<>();
        for (Map.Entry<Entry, Rejection> impossible : chain.update(account).entrySet()) {
            unlist(impossible.getKey());
            dropped.add(new Dropped(impossible.getKey().transaction(), impossible.getValue()));
        }
        tidy(sender, chain);
        return dropped;
    }

    private SenderChain chainOf(Entry entry) {
        @Nullable SenderChain chain = chains.get(entry.sender());
        if (chain == null) {
            throw new IllegalStateException(entry.transaction() + " waits, but its sender has no chain");
        }
        return chain;
    }

    private void unlist(Entry entry) {
        byId.remove(entry.transaction().id());
        bytes -= entry.transaction().size();
        if (entry.isLocal()) {
            locals.remove(entry);
        }
    }

    private void tidy(Address sender, SenderChain chain) {
        if (chain.isEmpty()) {
            chains.remove(sender);
        }
        if (chain.isOverdrawn()) {
            overdrawn.add(sender);
        } else {
            overdrawn.remove(sender);
        }
    }
}
