package synod.chain.mempool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.LedgerRules;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.chain.state.Account;
import synod.chain.state.AccountReader;
import synod.chain.transaction.Anchor;
import synod.chain.transaction.Bond;
import synod.chain.transaction.EvidenceReport;
import synod.chain.transaction.MemberVote;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.chain.transaction.Unbond;
import synod.crypto.Address;
import synod.crypto.Hash;

/**
 * The transactions that wait for a block: bounded, ordered by fee per byte, each sender's in the order of their nonces.
 *
 * <p>What comes from peers is dropped for what pays better. What local clients submitted was acknowledged as durable: it
 * leaves only when it is included, replaced by its sender, its nonce is used by something else, or the ledger has come to
 * forbid it, and is refused up front when its share is full.
 *
 * <p>After every move of the head the owner calls {@link #headMoved} before anything else, so that the accounts known
 * here are those after the head.
 */
public final class Mempool implements MempoolView {
    private final AccountReader head;
    private final Trial trial;
    private final Pool pool;
    private final Admission admission;
    private long arrivals;

    /**
     * An empty mempool.
     *
     * @param head reads, at any time, the accounts as they are then after the adopted head
     * @param trial tells, at any time, what that head allows
     */
    public Mempool(LedgerRules rules, MempoolLimits limits, AccountReader head, Trial trial) {
        this.head = head;
        this.trial = trial;
        this.pool = new Pool(new LocalTransactions(limits.maxLocalCount()));
        this.admission = new Admission(rules, limits, pool);
    }

    /**
     * Takes a transaction in, or says why not.
     *
     * <p>One with the sender and nonce of a waiting one takes its place if its fee is higher by at least a tenth of the
     * other's, rounded up to whole units and at least one, and its fee per byte is not lower. What replaces a local
     * transaction is local too.
     *
     * @param local whether a client of this node will be told that it is kept. For one from a peer that waits already
     *     this makes it local, which is no rejection
     */
    public Optional<Rejection> offer(Verified<Transaction> offered, boolean local) {
        try {
            @Nullable Entry known = pool.find(offered.value().id()).orElse(null);
            if (known == null) {
                admit(offered, local);
            } else if (local && !known.isLocal()) {
                admission.checkLocalRoom(offered.value(), null);
                pool.makeLocal(known);
            } else {
                throw new RejectedException(Reason.ALREADY_KNOWN, "it waits here already");
            }
            return Optional.empty();
        } catch (RejectedException e) {
            return Optional.of(e.rejection());
        }
    }

    private void admit(Verified<Transaction> offered, boolean local) throws RejectedException {
        Transaction transaction = offered.value();
        admission.checkAlone(transaction);
        Account account = head.account(transaction.sender());
        Optional<Rejection> forbidden = forbidden(transaction, account);
        if (forbidden.isPresent()) {
            throw new RejectedException(forbidden.get());
        }
        SenderChain chain = pool.chainOrNew(transaction.sender(), account);
        pool.revalue(transaction.sender(), chain, account);
        @Nullable Entry replaced = chain.at(transaction.nonce()).orElse(null);
        Entry entry = new Entry(offered, arrivals, local || (replaced != null && replaced.isLocal()));
        admission.checkChain(entry, chain, replaced);
        if (entry.isLocal()) {
            admission.checkLocalRoom(transaction, replaced);
        } else {
            admission.findRoom(entry, chain.standingIfAdded(entry), replaced).forEach(pool::remove);
        }
        if (replaced != null) {
            pool.remove(replaced);
        }
        insert(entry, account);
    }

    private void insert(Entry entry, Account account) {
        arrivals++;
        pool.insert(entry, account);
    }

    /** The ready transactions in block order, until the mempool changes. */
    public Selection select() {
        return new Selection(pool.ranking());
    }

    /** {@link #headMoved} forward by one block. */
    public List<Dropped> applied(Block block) {
        return headMoved(List.of(), List.of(block));
    }

    /**
     * Follows the head to where it is now: takes out what the new branch includes and what it makes impossible, and puts
     * back what only the old branch included.
     *
     * <p>Accounts that lost an income with the old branch are looked at again when {@link #accountsChanged} names them
     * or their owners send something.
     *
     * @param undone the transactions of the blocks that left the adopted branch, in block order, lowest block first
     * @param applied the blocks that joined it
     * @return what waited, or was to come back, and is dropped now without being on the new branch
     */
    public List<Dropped> headMoved(List<Verified<Transaction>> undone, List<Block> applied) {
        Map<Hash, Verified<Transaction>> back = new LinkedHashMap<>();
        undone.forEach(transaction -> back.put(transaction.value().id(), transaction));
        TreeSet<Address> touched = new TreeSet<>(pool.overdrawn());
        for (Block block : applied) {
            for (Transaction transaction : block.transactions()) {
                back.remove(transaction.id());
                touched.add(transaction.sender());
                pool.find(transaction.id()).ifPresent(this::leaveIncluded);
            }
        }
        for (Verified<Transaction> transaction : back.values()) {
            touched.add(transaction.value().sender());
            putBack(transaction);
        }
        List<Dropped> dropped = accountsChanged(touched);
        boolean concernsAll = Stream.concat(
                        undone.stream().map(Verified::value),
                        applied.stream().flatMap(block -> block.transactions().stream()))
                .anyMatch(Mempool::changesWhatIsAllowed);
        Set<Entry> candidates = new LinkedHashSet<>(nextOf(touched));
        if (concernsAll) {
            pool.ranking().inOrder().forEachRemaining(entry -> {
                if (changesWhatIsAllowed(entry.transaction())) {
                    candidates.add(entry);
                }
            });
        }
        dropForbidden(candidates, dropped);
        trim(dropped);
        return dropped;
    }

    /** Whether what others may do of this kind is another matter after this transaction. */
    private static boolean changesWhatIsAllowed(Transaction transaction) {
        return switch (transaction.payload()) {
            case Transfer _, Anchor _ -> false;
            case MemberVote _, Bond _, Unbond _, EvidenceReport _ -> true;
        };
    }

    private List<Entry> nextOf(Collection<Address> senders) {
        return senders.stream()
                .flatMap(sender -> pool.chain(sender).stream()
                        .flatMap(chain -> chain.at(chain.account().nonce()).stream()))
                .filter(entry -> !(entry.transaction().payload() instanceof Transfer))
                .toList();
    }

    /** What the head does not allow would never leave, seem to be work, and hold up what its sender sends next. */
    private void dropForbidden(Collection<Entry> candidates, List<Dropped> dropped) {
        List<Entry> leaving = new ArrayList<>();
        candidates.forEach(entry -> forbidden(entry.transaction(), head.account(entry.sender()))
                .ifPresent(why -> {
                    leaving.add(entry);
                    dropped.add(new Dropped(entry.transaction(), why));
                }));
        leaving.forEach(pool::remove);
    }

    /**
     * Why the head allows no such thing, if this is what its sender does next: what he sends before it may change that. Of
     * transfers the accounts say all there is to say, and whether the sender can pay is judged elsewhere: coins may come.
     */
    private Optional<Rejection> forbidden(Transaction transaction, Account sender) {
        return transaction.nonce() != sender.nonce() || transaction.payload() instanceof Transfer
                ? Optional.empty()
                : trial.onHead(transaction).filter(why -> why.reason() != Reason.INSUFFICIENT_BALANCE);
    }

    /**
     * Hears of a selected transaction that could not be executed. If that is for its nonce or for want of coins the
     * sender's account is looked at again; else it leaves, so that it neither seems to be work nor holds up what its sender
     * sends next.
     */
    public void refused(Transaction transaction, Rejection why) {
        switch (why.reason()) {
            case INSUFFICIENT_BALANCE, NONCE_USED, NONCE_TOO_FAR, DUPLICATE ->
                accountsChanged(List.of(transaction.sender()));
            default -> pool.find(transaction.id()).ifPresent(pool::remove);
        }
    }

    /**
     * Looks again at the accounts of senders whose balance fell otherwise than by sending.
     *
     * @return what cannot be paid any more
     */
    public List<Dropped> accountsChanged(Collection<Address> senders) {
        List<Dropped> dropped = new ArrayList<>();
        for (Address sender : senders) {
            pool.chain(sender).ifPresent(chain -> dropped.addAll(pool.update(sender, chain, head.account(sender))));
        }
        return dropped;
    }

    private void leaveIncluded(Entry entry) {
        pool.remove(entry);
        if (entry.isLocal()) {
            pool.locals().rememberIncluded(entry.transaction().id());
        }
    }

    /**
     * Takes in a local transaction that this node vouched for before it was restarted, whatever the account looks like
     * now: what fills its gap or pays for it may still come.
     */
    public void restore(Verified<Transaction> acknowledged) {
        Transaction transaction = acknowledged.value();
        pool.locals().rememberIncluded(transaction.id());
        if (transaction.nonce() >= head.account(transaction.sender()).nonce()) {
            putBack(acknowledged);
        }
    }

    /** A local transaction comes back over one from a peer with its nonce; otherwise what waits stays. */
    private void putBack(Verified<Transaction> undone) {
        Transaction transaction = undone.value();
        boolean local = pool.locals().comesBack(transaction.id());
        Account account = head.account(transaction.sender());
        @Nullable
        Entry rival = pool.chainOrNew(transaction.sender(), account)
                .at(transaction.nonce())
                .orElse(null);
        if (rival != null && (!local || rival.isLocal())) {
            return;
        }
        if (rival != null) {
            pool.remove(rival);
        }
        insert(new Entry(undone, arrivals, local), account);
    }

    private void trim(List<Dropped> dropped) {
        while (admission.exceeds(pool.remoteCount(), pool.remoteBytes())) {
            Iterator<Entry> worstFirst = pool.ranking().worstFirst();
            if (!worstFirst.hasNext()) {
                return;
            }
            Entry worst = worstFirst.next();
            pool.remove(worst);
            dropped.add(new Dropped(
                    worst.transaction(),
                    new Rejection(
                            Reason.MEMPOOL_FULL,
                            "too many transactions came back from abandoned blocks, and this one paid least")));
        }
    }

    /** The local transactions, in the order of their arrival: what a restart must offer again. */
    public List<Verified<Transaction>> local() {
        return pool.locals().inArrivalOrder();
    }

    /** The waiting transaction with this id, with the proof that it is signed. */
    public Optional<Verified<Transaction>> verified(Hash id) {
        return pool.find(id).map(Entry::verified);
    }

    @Override
    public Optional<Transaction> transaction(Hash id) {
        return pool.find(id).map(Entry::transaction);
    }

    @Override
    public Optional<Wait> why(Hash id) {
        return pool.find(id).map(this::why);
    }

    private Wait why(Entry entry) {
        Standing standing = entry.standing();
        if (!standing.contiguous()) {
            return new Wait(
                    Wait.Cause.NONCE_GAP,
                    "the sender's transaction with nonce " + nextNonce(entry.sender())
                            + " is missing; this one has nonce " + entry.nonce());
        }
        Amount balance = head.account(entry.sender()).balance();
        if (standing.cumulativeCost() > balance.units()) {
            return new Wait(
                    Wait.Cause.INSUFFICIENT_BALANCE,
                    "with the sender's waiting transactions before it, it costs "
                            + new Amount(standing.cumulativeCost()) + ", and the sender has " + balance);
        }
        BlockForecast forecast = BlockForecast.of(entry, pool.ranking(), admission.blockRoom());
        String before =
                forecast.bytesBefore() + " bytes stand before it; a block has room for " + admission.blockRoom();
        return new Wait(forecast.taken() ? Wait.Cause.NEXT_BLOCK : Wait.Cause.BEHIND_BETTER_FEES, before);
    }

    @Override
    public long nextNonce(Address sender) {
        return pool.chain(sender)
                .map(SenderChain::nextNonce)
                .orElseGet(() -> head.account(sender).nonce());
    }

    @Override
    public List<Transaction> inOrder(int limit) {
        List<Transaction> first = new ArrayList<>();
        Iterator<Entry> order = pool.ranking().inOrder();
        while (first.size() < limit && order.hasNext()) {
            first.add(order.next().transaction());
        }
        return first;
    }

    @Override
    public int count() {
        return pool.count();
    }

    @Override
    public long bytes() {
        return pool.bytes();
    }
}
