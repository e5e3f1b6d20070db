package synod.node.stratum;

import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.chain.LedgerRules;
import synod.chain.store.DiskException;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.SigningKey;
import synod.node.replica.ReplicaClient;

/** Pays miners their parts by ordinary transfers, on a thread of its own. */
public final class PoolPayments implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PoolPayments.class);
    private static final long PERIOD_MILLIS = 10_000;
    private static final long STOP_MILLIS = 5_000;

    private final Runnable round;
    private final long periodMillis;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("payouts").daemon().factory());

    /**
     * Payments from the address of this key, which must be the blocks' proposer. None is made before {@link #start}.
     *
     * @param chainId block 0's id
     */
    public PoolPayments(PoolAccounts accounts, ReplicaClient replica, LedgerRules rules, Hash chainId, SigningKey key) {
        this(
                new PaymentRound(
                        accounts, new ReplicaPoolChain(replica, Address.of(key.publicKey())), rules, chainId, key)::run,
                PERIOD_MILLIS);
    }

    PoolPayments(Runnable round, long periodMillis) {
        this.round = round;
        this.periodMillis = periodMillis;
    }

    /** The chain can be looked at and takes transactions from now on. */
    public void start() {
        thread.scheduleWithFixedDelay(this::pay, periodMillis, periodMillis, TimeUnit.MILLISECONDS);
    }

    /** A round that fails changes nothing of when the next one comes. */
    private void pay() {
        try {
            round.run();
        } catch (CompletionException e) {
            LOG.warn("miners are paid later: {}", String.valueOf(e.getCause()));
        } catch (DiskException e) {
            LOG.warn("miners are paid later: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("a round of payments to miners failed by a defect", e);
        }
    }

    /** Waits for a round that is on its way: an interrupt in the middle of a write would fail the accounts. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("a payment did not end within {} s", STOP_MILLIS / 1_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
