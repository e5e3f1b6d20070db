package synod.testnet.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import synod.testnet.network.Deadline;
import synod.testnet.network.NetworkWait;
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
    private static final int MAX_PAUSE_MILLIS = 2_000;

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
        KeptPromises promises = new KeptPromises(testnet, out);
        try (Traffic traffic = Traffic.start(testnet.description())) {
            for (int round = 1; round <= rounds; round++) {
                String victims = crash(traffic);
                NodeStatus.Answer agreed = Agreement.await(testnet, KeptPromises.TIME_TO_AGREE);
                traffic.mustFlow();
                out.accept("round " + round + " of " + rounds + ": " + victims + "; all agree on height "
                        + agreed.height() + ", head " + agreed.head() + ", state " + agreed.stateRoot() + "; "
                        + promises.checkNew(traffic.acknowledged()) + " more transactions acknowledged, none lost");
            }
            traffic.stop();
            promises.awaitAll(traffic.acknowledged());
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
}
