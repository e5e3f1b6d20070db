package synod.testnet.proof;

import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import synod.chain.Amount;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.crypto.DevelopmentKeys;
import synod.crypto.Hash;
import synod.testnet.network.Deadline;
import synod.testnet.network.Json;
import synod.testnet.network.NodeRpc;
import synod.testnet.network.NodeStatus;
import synod.testnet.network.Testnet;

/**
 * Stops so many members that the rest are no quorum: nothing may be decided, and the rest must say why. Then lets them go
 * on: what waited must be decided within one time-out.
 */
public final class QuorumLoss {
    private static final int STOPPED = 2;
    private static final Duration RPC_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration TIME_TO_DECIDE = Duration.ofSeconds(60);
    private static final Amount FEE = new Amount(2_000);
    private static final long POLL_MILLIS = 20;

    private final Testnet testnet;
    private final Consumer<String> out;

    /**
     * A proof on a network of four members, all of which run.
     *
     * @param out hears what happens, a line at a time
     */
    public QuorumLoss(Testnet testnet, Consumer<String> out) {
        this.testnet = testnet;
        this.out = out;
    }

    /**
     * What came out.
     *
     * @param resumedMillis from the members' return until what waited was decided
     * @param activity what one who stayed said of itself at the end of the loss
     */
    public record Outcome(long resumedMillis, String activity) {}

    /**
     * Stops two members for so long.
     *
     * @param timeoutMillis the longest time-out of the network, within which it must go on
     * @throws ProofFailure at the first thing that is not as it must be
     */
    public Outcome run(Duration absence, long timeoutMillis) {
        List<String> names = testnet.status().stream().map(NodeStatus::name).toList();
        List<String> stopped = names.subList(0, STOPPED);
        String witness = names.getLast();
        Hash first = submit(witness, 0);
        awaitIncluded(witness, first, TIME_TO_DECIDE);

        stopped.forEach(testnet::pause);
        Deadline.pause(absence.toMillis() / 10);
        // what was under way when they stopped is done by now
        long height = answer(witness).height();
        Hash waiting = submit(witness, 1);
        Deadline.pause(absence.toMillis() - absence.toMillis() / 10);
        NodeStatus.Answer halted = answer(witness);
        if (halted.height() != height) {
            throw new ProofFailure("without a quorum the height went from " + height + " to " + halted.height());
        }
        out.accept(String.join(" and ", stopped) + " stood still for " + absence.toSeconds() + " s; height "
                + halted.height() + " all the time; " + witness + " says: " + halted.activity());

        stopped.forEach(testnet::resume);
        long millis = awaitIncluded(witness, waiting, TIME_TO_DECIDE);
        NodeStatus.Answer agreed = Agreement.await(testnet, KeptPromises.TIME_TO_AGREE);
        out.accept("they are back: what waited was decided " + millis + " ms later; all agree on height "
                + agreed.height() + ", head " + agreed.head());
        if (millis > timeoutMillis) {
            throw new ProofFailure("what waited was decided " + millis
                    + " ms after the members' return, and one time-out is " + timeoutMillis + " ms");
        }
        return new Outcome(millis, halted.activity());
    }

    private NodeStatus.Answer answer(String node) {
        return testnet.status(node)
                .answer()
                .orElseThrow(() -> new ProofFailure(node + " does not answer, and nobody stopped it"));
    }

    private NodeRpc rpc(String node) {
        return new NodeRpc(testnet.description().node(node).rpc(), RPC_TIMEOUT);
    }

    private Hash submit(String node, long nonce) {
        Transaction transaction = Transaction.sign(
                DevelopmentKeys.key("alice"),
                Hash.parse(testnet.description().chainId()),
                nonce,
                FEE,
                new Transfer(DevelopmentKeys.address("bob"), new Amount(1)));
        try {
            rpc(node)
                    .call(
                            "mempool_submit",
                            Json.object().put("transaction", HexFormat.of().formatHex(transaction.encode())));
            return transaction.id();
        } catch (IOException e) {
            throw new ProofFailure(node + " takes no transaction: " + e.getMessage());
        } catch (NodeRpc.ErrorAnswer e) {
            throw new ProofFailure(node + " refuses a transaction: " + e.getMessage());
        }
    }

    private long awaitIncluded(String node, Hash transaction, Duration patience) {
        long begunNanos = System.nanoTime();
        Deadline deadline = Deadline.in(patience);
        while (!Acknowledged.standings(rpc(node), List.of(transaction)).contains("included")) {
            if (deadline.passed()) {
                throw new ProofFailure("transaction " + transaction + " is in no block after " + patience.toSeconds()
                        + " s; " + node + " says: " + answer(node).activity());
            }
            Deadline.pause(POLL_MILLIS);
        }
        return (System.nanoTime() - begunNanos) / 1_000_000;
    }
}
