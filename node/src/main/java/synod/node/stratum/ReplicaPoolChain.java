package synod.node.stratum;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.chain.state.LedgerView.HistoryEntry;
import synod.chain.state.LedgerView.TransactionLocation;
import synod.chain.transaction.Transaction;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.node.replica.ReplicaClient;
import synod.node.replica.ReplicaView;

/** The chain as this node's replica has it. */
final class ReplicaPoolChain implements PoolChain {
    /** Entries of the pool's history that are read at once. */
    static final int PAGE = 200;

    private final ReplicaClient replica;
    private final Address pool;

    ReplicaPoolChain(ReplicaClient replica, Address pool) {
        this.replica = replica;
        this.pool = pool;
    }

    @Override
    public View look(List<Long> heights, List<Transaction> payments) {
        return replica.read(view -> {
                    Map<Long, Hash> blocks = new HashMap<>();
                    heights.forEach(
                            height -> view.ledger().blockAt(height).ifPresent(block -> blocks.put(height, block)));
                    Map<Hash, Fate> fates = new HashMap<>();
                    payments.forEach(payment -> fates.put(payment.id(), fate(view, payment)));
                    return new View(
                            view.ledger().height(),
                            blocks,
                            fates,
                            view.mempool().nextNonce(pool));
                })
                .join();
    }

    private Fate fate(ReplicaView view, Transaction payment) {
        Optional<TransactionLocation> location = view.ledger().locate(payment.id());
        if (location.isPresent()) {
            return new Fate(OptionalLong.of(location.get().height()), OptionalLong.empty(), false);
        }
        boolean isPassed = view.ledger().account(pool).nonce() > payment.nonce();
        return new Fate(
                OptionalLong.empty(),
                isPassed ? displacer(view, payment.nonce()) : OptionalLong.empty(),
                view.mempool().transaction(payment.id()).isPresent());
    }

    /** The height at which the pool's transaction with this nonce is: from the newest back to the first with a lower one. */
    private OptionalLong displacer(ReplicaView view, long nonce) {
        HistoryEntry last = HistoryEntry.NONE;
        while (true) {
            List<HistoryEntry> page = view.ledger().history(pool, last, PAGE);
            if (page.isEmpty()) {
                return OptionalLong.empty();
            }
            for (HistoryEntry entry : page) {
                OptionalLong found = nonceAt(view, entry);
                if (found.isPresent() && found.getAsLong() <= nonce) {
                    return found.getAsLong() == nonce ? OptionalLong.of(entry.height()) : OptionalLong.empty();
                }
            }
            last = page.getLast();
        }
    }

    /** The nonce of the pool's own transaction that touched it there; empty if it was a reward, or another's. */
    private OptionalLong nonceAt(ReplicaView view, HistoryEntry entry) {
        if (entry.index() < 0) {
            return OptionalLong.empty();
        }
        return view.ledger().blockAt(entry.height()).flatMap(view::block).stream()
                .map(block -> block.block().transactions().get(entry.index()))
                .filter(transaction -> transaction.sender().equals(pool))
                .mapToLong(Transaction::nonce)
                .findFirst();
    }

    @Override
    public Optional<Rejection> submit(Transaction payment) {
        return replica.submit(new Verified<>(payment)).join();
    }
}
