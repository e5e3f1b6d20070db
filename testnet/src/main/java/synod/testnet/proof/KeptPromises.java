package synod.testnet.proof;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import synod.testnet.network.Deadline;
import synod.testnet.network.NodeRpc;
import synod.testnet.network.NodeStatus;
import synod.testnet.network.Testnet;
import synod.testnet.network.TestnetDescription;

/** Looks whether nodes keep what they promised: no acknowledged transaction is lost, and in the end all stand in blocks. */
final class KeptPromises {
    static final Duration TIME_TO_AGREE = Duration.ofSeconds(90);

    private static final Duration TIME_TO_INCLUDE = Duration.ofSeconds(120);
    private static final Duration RPC_TIMEOUT = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 200;

    private final Testnet testnet;
    private final Consumer<String> out;
    private int checked;

    KeptPromises(Testnet testnet, Consumer<String> out) {
        this.testnet = testnet;
        this.out = out;
    }

    /**
     * Asks each node for what it has promised since the last time, and returns how many promises those are.
     *
     * @throws ProofFailure if one is broken
     */
    int checkNew(Acknowledged acknowledged) {
        int count = acknowledged.count();
        List<Acknowledged.Promise> promises = acknowledged.from(checked);
        for (TestnetDescription.Node node : testnet.description().nodes()) {
            List<Acknowledged.Promise> own = promises.stream()
                    .filter(promise -> promise.node().equals(node.name()))
                    .toList();
            List<Acknowledged.Promise> lost =
                    Acknowledged.missing(new NodeRpc(node.rpc(), RPC_TIMEOUT), own, Set.of("included", "pending"));
            if (!lost.isEmpty()) {
                throw new ProofFailure(node.name() + " has lost " + lost.size() + " of " + own.size()
                        + " transactions that it acknowledged, the first of them "
                        + lost.getFirst().transaction());
            }
        }
        int more = count - checked;
        checked = count;
        return more;
    }

    /**
     * Waits until everything that was ever promised stands in blocks, and all nodes agree.
     *
     * @throws ProofFailure if that does not come about in time
     */
    void awaitAll(Acknowledged acknowledged) {
        Deadline deadline = Deadline.in(TIME_TO_INCLUDE);
        NodeRpc node = new NodeRpc(testnet.description().nodes().getFirst().rpc(), RPC_TIMEOUT);
        List<Acknowledged.Promise> waiting = acknowledged.from(0);
        while (!waiting.isEmpty()) {
            if (deadline.passed()) {
                throw new ProofFailure(waiting.size() + " of " + acknowledged.count()
                        + " acknowledged transactions are in no block after " + TIME_TO_INCLUDE.toSeconds()
                        + " s, the first of them " + waiting.getFirst().transaction());
            }
            Deadline.pause(POLL_MILLIS);
            waiting = Acknowledged.missing(node, waiting, Set.of("included"));
        }
        NodeStatus.Answer agreed = Agreement.await(testnet, TIME_TO_AGREE);
        out.accept("all " + acknowledged.count() + " acknowledged transactions stand in blocks; all agree on height "
                + agreed.height() + ", head " + agreed.head() + ", state " + agreed.stateRoot());
    }
}
