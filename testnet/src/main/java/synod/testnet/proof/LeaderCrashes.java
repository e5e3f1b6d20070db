package synod.testnet.proof;

import java.time.Duration;
import java.util.ArrayList;
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

/**
 * Kills the node that leads, without warning, while transactions flow to all, and measures how long it takes until a
 * transaction that was submitted after that stands in a final block; then starts the node again. Round after round. No
 * acknowledged transaction is lost.
 */
public final class LeaderCrashes {
    /** The engines' words for the one who leads. */
    private static final Set<String> LEADING = Set.of("primary", "leader");

    private static final Duration TIME_TO_LEAD = Duration.ofSeconds(60);
    private static final Duration TIME_TO_RESUME = Duration.ofSeconds(60);
    private static final Duration RPC_TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_PAUSE_MILLIS = 1_000;
    private static final int WATCHED = 16;
    private static final long POLL_MILLIS = 20;

    private final Testnet testnet;
    private final Random random;
    private final Consumer<String> out;

    /**
     * Rounds on a network whose nodes all run.
     *
     * @param seed decides when the leader is killed
     * @param out hears what happens, a line at a time
     */
    public LeaderCrashes(Testnet testnet, long seed, Consumer<String> out) {
        this.testnet = testnet;
        this.random = new Random(seed);
        this.out = out;
    }

    /**
     * What came out.
     *
     * @param acknowledged how many transactions were; none was lost
     * @param resumeMillis of each round, from the leader's death until service was resumed
     */
    public record Outcome(int acknowledged, Times resumeMillis) {}

    /**
     * Goes through the rounds.
     *
     * @throws ProofFailure at the first thing that is not as it must be
     */
    public Outcome run(int rounds) {
        KeptPromises promises = new KeptPromises(testnet, out);
        List<Long> resumeMillis = new ArrayList<>();
        try (Traffic traffic = Traffic.start(testnet.description())) {
            for (int round = 1; round <= rounds; round++) {
                Deadline.pause(random.nextInt(MAX_PAUSE_MILLIS));
                String victim = leader();
                testnet.kill(victim);
                long millis = awaitService(victim, traffic);
                resumeMillis.add(millis);
                StartedNode started = testnet.start(victim);
                traffic.moved(testnet.description());
                new NetworkWait(testnet, NetworkWait.PATIENCE, _ -> {}).awaitAnswer(started);
                long height = Agreement.awaitOnOneChain(testnet, KeptPromises.TIME_TO_AGREE);
                traffic.mustFlow();
                out.accept("round " + round + " of " + rounds + ": killed " + victim
                        + ", which led; service resumed after "
                        + millis + " ms; it is back, all have one block at height " + height + "; "
                        + promises.checkNew(traffic.acknowledged()) + " more transactions acknowledged, none lost");
            }
            traffic.stop();
            promises.awaitAll(traffic.acknowledged());
            return new Outcome(traffic.acknowledged().count(), new Times(resumeMillis));
        }
    }

    private String leader() {
        Deadline deadline = Deadline.in(TIME_TO_LEAD);
        while (true) {
            List<String> leading = testnet.status().stream()
                    .filter(node -> node.answer()
                            .filter(answer -> LEADING.contains(answer.role()))
                            .isPresent())
                    .map(NodeStatus::name)
                    .toList();
            if (leading.size() == 1) {
                return leading.getFirst();
            }
            if (deadline.passed()) {
                throw new ProofFailure(
                        "after " + TIME_TO_LEAD.toSeconds() + " s there is not one who leads: " + leading);
            }
            Deadline.pause(POLL_MILLIS);
        }
    }

    /** Returns how long it took until something that was acknowledged from now on is final at a node that lives. */
    private long awaitService(String victim, Traffic traffic) {
        long begunNanos = System.nanoTime();
        int before = traffic.acknowledged().count();
        NodeRpc witness = new NodeRpc(
                testnet.description().nodes().stream()
                        .filter(node -> !node.name().equals(victim))
                        .findFirst()
                        .orElseThrow()
                        .rpc(),
                RPC_TIMEOUT);
        Deadline deadline = Deadline.in(TIME_TO_RESUME);
        while (!deadline.passed()) {
            // the first few suffice, and asking for more would burden those who are to decide
            List<Acknowledged.Promise> since =
                    traffic.acknowledged().from(before).stream().limit(WATCHED).toList();
            if (Acknowledged.missing(witness, since, Set.of("included")).size() < since.size()) {
                return (System.nanoTime() - begunNanos) / 1_000_000;
            }
            Deadline.pause(POLL_MILLIS);
        }
        throw new ProofFailure("nothing was decided for " + TIME_TO_RESUME.toSeconds() + " s after " + victim
                + ", which led, was killed");
    }
}
