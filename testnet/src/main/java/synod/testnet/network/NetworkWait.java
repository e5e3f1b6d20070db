package synod.testnet.network;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Waits for nodes that were started. */
public final class NetworkWait {
    /** How long a start may usually take, on a busy machine. */
    public static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final long POLL_MILLIS = 60;

    private final Testnet testnet;
    private final Duration patience;
    private final Consumer<String> progress;

    /**
     * Waits for nodes of this network.
     *
     * @param patience how long at most
     * @param progress hears again and again what is waited for
     */
    public NetworkWait(Testnet testnet, Duration patience, Consumer<String> progress) {
        this.testnet = testnet;
        this.patience = patience;
        this.progress = progress;
    }

    /** Waits until the node answers. */
    public void awaitAnswer(StartedNode started) {
        await(
                List.of(started),
                () -> testnet.status(started.name()).answer().isPresent()
                        ? Optional.empty()
                        : Optional.of(started.name() + " to answer"));
    }

    /** Waits until the whole network is up. */
    public void awaitNetwork(List<StartedNode> started) {
        boolean blocksComeAlone = !testnet.genesis().engine().blocksWaitForWork();
        await(started, () -> Readiness.missing(testnet.status(), blocksComeAlone));
    }

    /** What is missing, if anything is. */
    private interface Condition {
        Optional<String> missing();
    }

    private void await(List<StartedNode> started, Condition condition) {
        Deadline deadline = Deadline.in(patience);
        for (Optional<String> missing = condition.missing(); missing.isPresent(); missing = condition.missing()) {
            started.forEach(StartedNode::mustLive);
            if (deadline.passed()) {
                throw TestnetException.failure("Waited " + patience.toSeconds() + " s for " + missing.get()
                        + ". The nodes run on; ./synod testnet status and ./synod testnet logs NODE say more.");
            }
            progress.accept(
                    "waiting for " + missing.get() + ", " + deadline.elapsed().toSeconds() + " s");
            Deadline.pause(POLL_MILLIS);
        }
    }
}
