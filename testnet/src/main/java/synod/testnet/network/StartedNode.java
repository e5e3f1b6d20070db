package synod.testnet.network;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A node that was started.
 *
 * @param log what it prints from the start on
 */
public record StartedNode(NodeDirectory directory, NodeProcess process, NodeLog log) {
    private static final int LOG_LINES = 12;

    /** The node's name. */
    public String name() {
        return directory.name();
    }

    /** The number of its process. */
    public long pid() {
        return process.pid();
    }

    /** Asks the node to end, and waits until it has. */
    public void stop(Duration patience) {
        process.terminate();
        if (!process.awaitEnd(patience)) {
            throw TestnetException.failure("Node " + name() + " did not stop within " + patience.toSeconds() + " s.");
        }
    }

    /**
     * Makes sure that the node lives.
     *
     * @throws TestnetException with what it printed, if it does not
     */
    public void mustLive() {
        if (process.isAlive()) {
            return;
        }
        List<String> lines = log.lastLines(LOG_LINES);
        List<String> sentence = new ArrayList<>();
        sentence.add("Node " + name() + " ended as soon as it was started. "
                + (lines.isEmpty() ? "It printed nothing." : "It printed last:"));
        lines.forEach(line -> sentence.add("  " + line));
        sentence.add("All of it is in " + directory.log());
        throw TestnetException.failure(String.join(System.lineSeparator(), sentence));
    }
}
