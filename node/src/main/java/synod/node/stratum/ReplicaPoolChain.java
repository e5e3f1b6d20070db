package synod.node.stratum;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import synod.chain.Rejection;
import synod.chain.SealedBlock;
import synod.chain.Verified;
import synod.chain.state.LedgerView;
import synod.chain.state.LedgerView.HistoryEntry;
import synod.chain.state.LedgerView.TransactionLocation;
import synod.chain.transaction.Transaction;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.node.replica.ReplicaClient;
import synod.node.replica.ReplicaView;

/** The chain as this node's replica has it. */
final class ReplicaPoolChain implements PoolChain {
    /** So many of the pool's last transactions are gone through for one that displaced a payment. */
    private static final int MAX_HISTORY = 200;

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

    /** The height at which the pool's transaction with this nonce is. */
    private OptionalLong displacer(ReplicaView view, long nonce) {
        LedgerView ledger = view.ledger();
        for (HistoryEntry entry : ledger.history(pool, HistoryEntry.NONE, MAX_HISTORY)) {
            Optional<SealedBlock> block = ledger.blockAt(entry.height()).flatMap(view::block);
            if (entry.index() >= 0 && block.isPresent()) {
                Transaction transaction = block.get().block().transactions().get(entry.index());
                if (transaction.sender().equals(pool) && transaction.nonce() == nonce) {
                    return OptionalLong.of(entry.height());
                }
            }
        }
        return OptionalLong.empty();
    }

    @Override
    public Optional<Rejection> submit(Transaction payment) {
        return replica.submit(new Verified<>(payment)).join();
    }
}
