package synod.testnet.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import synod.testnet.network.Deadline;
import synod.testnet.network.NetworkWait;
import synod.testnet.network.NodeRpc;
import synod.testnet.network.NodeStatus;
import synod.testnet.network.StartedNode;
import synod.testnet.network.Testnet;
import synod.testnet.network.TestnetDescription;

/**
 * Kills two nodes without warning while transactions flow to all, starts them again, and sees that all nodes agree on
 * head and state, and that none of them has lost a transaction that it acknowledged; round after round. In the end every
 * acknowledged transaction stands in a block.
 */
public final class CrashRounds {
    private static final int VICTIMS = 2;
    private static final Duration TIME_TO_AGREE = Duration.ofSeconds(90);
    private static final Duration TIME_TO_INCLUDE = Duration.ofSeconds(120);
    private static final Duration RPC_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_PAUSE_MILLIS = 2_000;
    private static final long POLL_MILLIS = 200;

    private final Testnet testnet;
    private final Random random;
    private final Consumer<String> out;

    /**
     * Rounds on a network whose nodes all run.
     *
     * @param seed decides who is killed and when
     * @param out hears what happens, a line at a time
     */
    public CrashRounds(Testnet testnet, long seed, Consumer<String> out) {
        this.testnet = testnet;
        this.random = new Random(seed);
        this.out = out;
    }

    /**
     * Goes through the rounds and returns how many transactions were acknowledged.
     *
     * @throws ProofFailure at the first thing that is not as it must be
     */
    public int run(int rounds) {
        try (Traffic traffic = Traffic.start(testnet.description())) {
            int checked = 0;
            for (int round = 1; round <= rounds; round++) {
                String victims = crash(traffic);
                NodeStatus.Answer agreed = Agreement.await(testnet, TIME_TO_AGREE);
                traffic.mustFlow();
                int acknowledged = traffic.acknowledged().count();
                nothingIsLost(traffic.acknowledged().from(checked));
                out.accept("round " + round + " of " + rounds + ": " + victims + "; all agree on height "
                        + agreed.height() + ", head " + agreed.head() + ", state " + agreed.stateRoot() + "; "
                        + (acknowledged - checked) + " more transactions acknowledged, none lost");
                checked = acknowledged;
            }
            traffic.stop();
            everythingIsIncluded(traffic.acknowledged());
            return traffic.acknowledged().count();
        }
    }

    /** Kills two nodes and starts them again, at moments that the seed decides. */
    private String crash(Traffic traffic) {
        List<TestnetDescription.Node> nodes =
                new ArrayList<>(testnet.description().nodes());
        Collections.shuffle(nodes, random);
        List<TestnetDescription.Node> victims = nodes.subList(0, VICTIMS);
        Deadline.pause(random.nextInt(MAX_PAUSE_MILLIS));
        victims.forEach(victim -> testnet.kill(victim.name()));
        int downMillis = random.nextInt(MAX_PAUSE_MILLIS);
        Deadline.pause(downMillis);
        for (TestnetDescription.Node victim : victims) {
            StartedNode started = testnet.start(victim.name());
            traffic.moved(testnet.description());
            new NetworkWait(testnet, NetworkWait.PATIENCE, _ -> {}).awaitAnswer(started);
        }
        return "killed "
                + String.join(
                        " and ",
                        victims.stream().map(TestnetDescription.Node::name).toList()) + ", started them again after "
                + downMillis + " ms";
    }

    /** Each promise is kept by the node that gave it. */
    private void nothingIsLost(List<Acknowledged.Promise> promises) {
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
    }

    private void everythingIsIncluded(Acknowledged acknowledged) {
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
