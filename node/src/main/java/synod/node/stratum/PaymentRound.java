package synod.node.stratum;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.chain.Amount;
import synod.chain.LedgerRules;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.SigningKey;

/**
 * One look after the debts: what became of the blocks and the payments, then new payments. It may be cut short at any
 * point, and the next goes on.
 *
 * <p>A payment is signed once, written down, and only then offered; it is offered again until it is in the chain. It is given
 * up only when another transaction with its nonce is so deep in the chain that it stays.
 */
final class PaymentRound {
    private static final Logger LOG = LoggerFactory.getLogger(PaymentRound.class);

    /** What is so deep in the chain stays, blocks and payments, even if rewards mature earlier. */
    static final int SETTLED_BLOCKS = 10;

    /** Less than this is not worth a transaction yet: a hundredth of a coin. */
    static final long MIN_PAYOUT_UNITS = 1_000_000;

    /** Nor is a debt of which the fee would take more than one part in so many. */
    static final long MIN_FEES = 10;

    private static final int MAX_AT_ONCE = 32;
    private static final int MAX_UNSETTLED = 256;

    private final PoolAccounts accounts;
    private final PoolChain chain;
    private final LedgerRules rules;
    private final Hash chainId;
    private final SigningKey key;
    /** Of a transfer, whose size is always the same. */
    private final Amount fee;

    PaymentRound(PoolAccounts accounts, PoolChain chain, LedgerRules rules, Hash chainId, SigningKey key) {
        this.accounts = accounts;
        this.chain = chain;
        this.rules = rules;
        this.chainId = chainId;
        this.key = key;
        Transfer any = new Transfer(Address.of(key.publicKey()), new Amount(1));
        this.fee =
                rules.minFee(Transaction.sign(key, chainId, 0, Amount.ZERO, any).size());
    }

    void run() {
        PoolChain.View view = look();
        if (count(view)) {
            view = look();
        }
        if (offerAgain(view)) {
            pay();
        }
    }

    private PoolChain.View look() {
        return chain.look(accounts.read(PayoutBook::waitingHeights), accounts.read(PayoutBook::unsettled));
    }

    /** Counts what is certain; whether anything was. */
    private boolean count(PoolChain.View view) {
        long settled = view.height() - Math.max(rules.maturityBlocks(), SETTLED_BLOCKS);
        List<Hash> done = new ArrayList<>();
        List<Hash> failed = new ArrayList<>();
        view.fates().forEach((payment, fate) -> {
            if (fate.includedAt().orElse(Long.MAX_VALUE) <= settled) {
                done.add(payment);
            } else if (fate.replacedAt().orElse(Long.MAX_VALUE) <= settled) {
                failed.add(payment);
            }
        });
        boolean matures = accounts.read(PayoutBook::lowestWaiting).orElse(Long.MAX_VALUE) <= settled;
        if (!matures && done.isEmpty() && failed.isEmpty()) {
            return false;
        }
        accounts.change(book -> {
            book.mature(settled, view.blocks(), height -> rules.newCoins(height).units());
            done.forEach(book::settled);
            failed.forEach(book::failed);
        });
        failed.forEach(payment -> LOG.warn("the payout {} was displaced by another transaction of this key", payment));
        return true;
    }

    /** Offers the payments that are not on their way; whether all are now. */
    private boolean offerAgain(PoolChain.View view) {
        for (Transaction payment : accounts.read(PayoutBook::unsettled)) {
            PoolChain.Fate fate = view.fates().get(payment.id());
            boolean isOnItsWay = fate != null
                    && (fate.waits()
                            || fate.includedAt().isPresent()
                            || fate.replacedAt().isPresent());
            if (!isOnItsWay && !offer(payment)) {
                return false;
            }
        }
        return true;
    }

    private void pay() {
        List<Transaction> unsettled = accounts.read(PayoutBook::unsettled);
        int places = Math.clamp((long) MAX_UNSETTLED - unsettled.size(), 0, MAX_AT_ONCE);
        long least = Math.max(MIN_PAYOUT_UNITS, MIN_FEES * fee.units());
        List<PayoutBook.Payout> due = accounts.read(book -> book.due(places, least));
        long nonce = chain.look(List.of(), List.of()).nextNonce();
        if (due.isEmpty() || unsettled.stream().anyMatch(payment -> payment.nonce() >= nonce)) {
            return; // a payment that waits behind a missing nonce could be signed a second time
        }
        List<Transaction> payments = new ArrayList<>();
        for (PayoutBook.Payout payout : due) {
            payments.add(sign(payout, nonce + payments.size()));
        }
        accounts.change(book -> payments.forEach(book::sign));
        for (Transaction payment : payments) {
            if (!offer(payment)) {
                return;
            }
        }
    }

    private Transaction sign(PayoutBook.Payout payout, long nonce) {
        Transfer transfer = new Transfer(payout.to(), new Amount(payout.units() - fee.units()));
        return Transaction.sign(key, chainId, nonce, fee, transfer);
    }

    private boolean offer(Transaction payment) {
        Optional<Rejection> rejection = chain.submit(payment);
        if (rejection.isEmpty() || rejection.get().reason() == Reason.ALREADY_KNOWN) {
            return true;
        }
        LOG.warn("a payout waits: {}", rejection.get());
        return false;
    }
}
