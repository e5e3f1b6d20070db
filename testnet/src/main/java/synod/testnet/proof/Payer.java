package synod.testnet.proof;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import synod.chain.Amount;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.SigningKey;
import synod.testnet.network.Deadline;
import synod.testnet.network.Json;
import synod.testnet.network.NodeRpc;

/**
 * Pays a little, again and again, from one account. Each transaction is submitted until a node acknowledges it, at the
 * next node when one does not answer, and only then comes the next one.
 */
final class Payer implements Runnable {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Amount PAYMENT = new Amount(1);
    private static final Amount FEE = new Amount(2_000);

    private final SigningKey key;
    private final Hash chainId;
    private final Address payee;
    private final List<String> nodes;
    private final UnaryOperator<String> addresses;
    private final long pauseMillis;
    private final Acknowledged acknowledged;
    private volatile boolean stopped;
    private int current;

    /**
     * A payer.
     *
     * @param nodes where it submits, one after the other
     * @param addresses where a node answers now: its port may be another one when it comes back
     * @param pauseMillis between two payments
     * @param acknowledged where it notes what was acknowledged
     */
    Payer(
            SigningKey key,
            Hash chainId,
            Address payee,
            List<String> nodes,
            UnaryOperator<String> addresses,
            long pauseMillis,
            Acknowledged acknowledged) {
        this.key = key;
        this.chainId = chainId;
        this.payee = payee;
        this.nodes = List.copyOf(nodes);
        this.addresses = addresses;
        this.pauseMillis = pauseMillis;
        this.acknowledged = acknowledged;
    }

    /** Ends the payments; what is not acknowledged by now is given up. */
    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        for (long nonce = 0; !stopped; nonce++) {
            submit(Transaction.sign(key, chainId, nonce, FEE, new Transfer(payee, PAYMENT)));
            Deadline.pause(pauseMillis);
        }
    }

    private void submit(Transaction transaction) {
        Deadline deadline = Deadline.in(PATIENCE);
        String hex = HexFormat.of().formatHex(transaction.encode());
        while (!stopped) {
            String node = nodes.get(current++ % nodes.size());
            String refusal;
            try {
                rpc(node).call("mempool_submit", Json.object().put("transaction", hex));
                acknowledged.add(transaction.id(), node);
                return;
            } catch (IOException e) {
                refusal = String.valueOf(e.getMessage());
            } catch (NodeRpc.ErrorAnswer e) {
                refusal = e.reason() + ", " + e.getMessage();
                if (e.reason().equals("nonce-used") && isIncluded(node, transaction)) {
                    // an answer was lost with the node that gave it; another one has the transaction in a block
                    return;
                }
            }
            if (deadline.passed()) {
                throw new ProofFailure("no node has taken transaction " + transaction.id() + " for "
                        + PATIENCE.toSeconds() + " s; " + node + " said: " + refusal);
            }
            Deadline.pause(pauseMillis);
        }
    }

    private boolean isIncluded(String node, Transaction transaction) {
        return Acknowledged.standings(rpc(node), List.of(transaction.id())).contains("included");
    }

    private NodeRpc rpc(String node) {
        return new NodeRpc(addresses.apply(node), TIMEOUT);
    }
}
