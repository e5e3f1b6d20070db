package synod.testnet.proof;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import synod.testnet.network.Deadline;
import synod.testnet.network.NodeStatus;
import synod.testnet.network.Testnet;

/** All nodes of a network at the same head with the same state. */
public final class Agreement {
    private static final long POLL_MILLIS = 50;

    private Agreement() {}

    /**
     * Waits for it, and returns what the nodes agree on.
     *
     * @throws ProofFailure if it does not come about in time
     */
    public static NodeStatus.Answer await(Testnet testnet, Duration patience) {
        Deadline deadline = Deadline.in(patience);
        List<NodeStatus> nodes = testnet.status();
        while (!agree(nodes)) {
            if (deadline.passed()) {
                throw new ProofFailure(
                        "the nodes do not agree after " + patience.toSeconds() + " s: " + describe(nodes));
            }
            Deadline.pause(POLL_MILLIS);
            nodes = testnet.status();
        }
        return nodes.getFirst().answer().orElseThrow();
    }

    /** Whether they all answer, with one head and one state root. */
    static boolean agree(List<NodeStatus> nodes) {
        return nodes.stream().allMatch(node -> node.answer().isPresent())
                && nodes.stream()
                                .map(node -> node.answer().orElseThrow())
                                .map(answer -> answer.head() + answer.stateRoot())
                                .distinct()
                                .count()
                        == 1;
    }

    private static String describe(List<NodeStatus> nodes) {
        return nodes.stream()
                .map(node -> node.name() + " " + node.state().code()
                        + node.answer()
                                .map(answer -> " at " + answer.height() + " " + answer.head() + ", state "
                                        + answer.stateRoot() + ", " + answer.activity())
                                .orElse(""))
                .collect(Collectors.joining("; "));
    }
}
