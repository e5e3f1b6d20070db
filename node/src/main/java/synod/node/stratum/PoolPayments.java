package synod.node.stratum;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.chain.Amount;
import synod.chain.LedgerRules;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.SigningKey;
import synod.node.replica.ReplicaClient;
import synod.node.replica.ReplicaView;

/** Pays miners their parts by ordinary transfers, on a thread of its own. */
public final class PoolPayments implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PoolPayments.class);
    private static final long PERIOD_MILLIS = 10_000;
    private static final int MAX_AT_ONCE = 32;

    private final ReplicaClient replica;
    private final LedgerRules rules;
    private final Hash chainId;
    private final SigningKey key;
    private final PayoutBook book = new PayoutBook();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("payouts").daemon().factory());

    /**
     * Payments from the address of this key, which must be the blocks' proposer.
     *
     * @param chainId block 0's id
     */
    public PoolPayments(ReplicaClient replica, LedgerRules rules, Hash chainId, SigningKey key) {
        this.replica = replica;
        this.rules = rules;
        this.chainId = chainId;
        this.key = key;
        thread.scheduleWithFixedDelay(this::pay, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A miner found a block. Any thread. */
    public void found(FoundBlock block) {
        thread.execute(() -> book.found(block));
    }

    private void pay() {
        try {
            long nonce = replica.read(view -> {
                        count(view);
                        return view.mempool().nextNonce(Address.of(key.publicKey()));
                    })
                    .join();
            pay(nonce);
        } catch (CompletionException e) {
            LOG.warn("miners are paid later: {}", String.valueOf(e.getCause()));
        }
    }

    /** On the replica's thread, while this one waits. */
    private void count(ReplicaView view) {
        long matureHeight = view.blocks().head().height() - rules.maturityBlocks();
        if (book.lowestWaiting().orElse(Long.MAX_VALUE) <= matureHeight) {
            book.mature(
                    matureHeight,
                    height -> view.blocks().canonical(height).orElseThrow().id(),
                    height -> rules.newCoins(height).units());
        }
    }

    private void pay(long firstNonce) {
        List<PayoutBook.Payout> due = book.due(MAX_AT_ONCE);
        long nonce = firstNonce;
        for (PayoutBook.Payout payout : due) {
            Optional<Rejection> rejection =
                    replica.submit(new Verified<>(transfer(payout, nonce++))).join();
            if (rejection.isPresent()) {
                LOG.warn("a payout waits: {}", rejection.get());
                return;
            }
            book.paid(payout);
        }
    }

    private Transaction transfer(PayoutBook.Payout payout, long nonce) {
        Transfer transfer = new Transfer(payout.to(), new Amount(payout.units()));
        int bytes = Transaction.sign(key, chainId, nonce, Amount.ZERO, transfer).size();
        return Transaction.sign(key, chainId, nonce, rules.minFee(bytes), transfer);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
