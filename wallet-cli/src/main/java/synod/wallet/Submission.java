package synod.wallet;

import java.util.Optional;
import synod.chain.Amount;
import synod.chain.transaction.Payload;
import synod.chain.transaction.Transaction;
import synod.crypto.SigningKey;

/** Signs a payload and brings it to a node, once: whatever breaks, no second transaction is made for the same wish. */
final class Submission {
    private final NodeClient node;
    private final WalletDirectory wallets;
    private final Output output;

    Submission(NodeClient node, WalletDirectory wallets, Output output) {
        this.node = node;
        this.wallets = wallets;
        this.output = output;
    }

    /**
     * Submits the payload, or what an earlier command began to submit for the very same wish.
     *
     * @param fee what to pay; empty for the standard fee
     * @return the transaction, which a node has made durable
     * @throws WalletException if it is refused, with {@link ExitCode#REJECTED}, or nobody knows whether it was taken, with
     *     {@link ExitCode#UNREACHABLE}
     */
    Transaction submit(Account sender, Payload payload, Optional<Amount> fee, Passwords passwords) {
        Network network = node.network();
        String address = network.format(sender.address());
        // Asked before the password: a person should not type one for nothing.
        NodeClient.AccountState account = node.account(address);
        mustAfford(sender, account, payload, fee.orElse(Amount.ZERO));
        SigningKey key = sender.open(passwords);
        try (Outbox outbox = Outbox.open(wallets, network.chainId(), sender.address())) {
            Optional<Transaction> begun = resume(outbox, payload, fee);
            if (begun.isPresent()) {
                return begun.get();
            }
            long nonce = node.nextNonce(address);
            Amount paid = fee.orElseGet(() ->
                    Fees.standard(network, Transaction.sign(key, network.chainId(), nonce, Amount.ZERO, payload)));
            mustAfford(sender, account, payload, paid);
            Transaction transaction = Transaction.sign(key, network.chainId(), nonce, paid, payload);
            outbox.put(transaction);
            deliver(outbox, transaction);
            return transaction;
        }
    }

    /** Goes on with an earlier command's transaction if it is for the same wish; else leaves it, and says so. */
    private Optional<Transaction> resume(Outbox outbox, Payload payload, Optional<Amount> fee) {
        Optional<Transaction> unsettled = outbox.unsettled();
        if (unsettled.isEmpty()) {
            return Optional.empty();
        }
        Transaction begun = unsettled.get();
        boolean sameWish =
                begun.payload().equals(payload) && (fee.isEmpty() || fee.get().equals(begun.fee()));
        boolean known = !(node.status(begun.id()) instanceof TransactionStatus.Unknown);
        if (sameWish) {
            output.note("An earlier command began to send just this, and did not learn whether it arrived. This is that"
                    + " transaction, not a second one; run the command again to send another.");
            if (known) {
                outbox.clear();
            } else {
                deliver(outbox, begun);
            }
            return unsettled;
        }
        if (!known) {
            output.note("An earlier command could not learn whether transaction " + begun.id() + " (nonce "
                    + begun.nonce() + ") arrived, and this node does not know it. If this command uses the same nonce,"
                    + " at most one of the two will happen.");
        }
        return Optional.empty();
    }

    private void deliver(Outbox outbox, Transaction transaction) {
        try {
            node.submit(transaction);
        } catch (RpcException e) {
            // A node that did not answer may have passed it on; then this refusal is of a double, and means success.
            if (!isKnown(transaction)) {
                throw refused(outbox, transaction, e);
            }
        } catch (UnreachableException e) {
            if (!e.possiblyDelivered()) {
                outbox.clear();
                throw e;
            }
            throw new WalletException(ExitCode.UNREACHABLE, inDoubt(transaction) + " " + e.getMessage(), e);
        }
        outbox.clear();
    }

    private boolean isKnown(Transaction transaction) {
        try {
            return !(node.status(transaction.id()) instanceof TransactionStatus.Unknown);
        } catch (UnreachableException e) {
            // The refusal was the last word of a node that is gone now.
            return false;
        }
    }

    private WalletException refused(Outbox outbox, Transaction transaction, RpcException e) {
        if (e.code() != RpcException.REJECTED) {
            throw e;
        }
        if (e.deliveredBefore()) {
            return new WalletException(
                    ExitCode.REJECTED,
                    inDoubt(transaction) + " Another node refused it: " + e.getMessage() + " (" + e.reason() + ").",
                    e);
        }
        outbox.clear();
        return new WalletException(
                ExitCode.REJECTED, "The node refused it: " + e.getMessage() + " (" + e.reason() + ").", e);
    }

    private String inDoubt(Transaction transaction) {
        // The id must not be lost on a program either.
        output.json(new JsonObject().put("id", transaction.id().toString()).put("status", "unknown"));
        return "Transaction " + transaction.id() + " was sent, but the answer was lost: it may or may not have arrived."
                + " Look it up with synod wallet why " + transaction.id()
                + ", or run the same command again: it goes on with the same transaction.";
    }

    private void mustAfford(Account sender, NodeClient.AccountState account, Payload payload, Amount fee) {
        Amount needed;
        try {
            needed = payload.cost().plus(fee);
        } catch (ArithmeticException e) {
            throw new WalletException(ExitCode.USAGE, "Amount and fee together are more coins than can exist.", e);
        }
        if (needed.compareTo(account.balance()) > 0) {
            String maturing = account.maturing().equals(Amount.ZERO)
                    ? ""
                    : " (another " + account.maturing() + " matures but cannot be spent yet)";
            // A node's coins are at an address that nobody has typed yet.
            String where =
                    sender instanceof Account.Node ? " (" + node.network().format(sender.address()) + ")" : "";
            throw WalletException.rejected("'" + sender.name() + "'" + where + " has " + account.balance() + maturing
                    + ", and needs " + needed + (fee.equals(Amount.ZERO) ? "" : " (fee " + fee + " included)") + ".");
        }
    }
}
