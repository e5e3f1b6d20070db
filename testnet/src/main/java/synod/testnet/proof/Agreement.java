package synod.testnet.proof;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import synod.testnet.network.Deadline;
import synod.testnet.network.Json;
import synod.testnet.network.NodeRpc;
import synod.testnet.network.NodeStatus;
import synod.testnet.network.Testnet;

/** All nodes of a network at the same head with the same state. */
public final class Agreement {
    private static final long POLL_MILLIS = 50;
    private static final Duration RPC_TIMEOUT = Duration.ofSeconds(10);

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

    /**
     * Waits until all nodes are as high as any of them was at the beginning, and returns that height, at which they all
     * have the same block. For networks that decide too fast to be found at the same head.
     *
     * @throws ProofFailure if they have different blocks there, or it does not come about in time
     */
    static long awaitOnOneChain(Testnet testnet, Duration patience) {
        Deadline deadline = Deadline.in(patience);
        List<NodeStatus> nodes = testnet.status();
        long height = nodes.stream()
                .flatMap(node -> node.answer().stream())
                .mapToLong(NodeStatus.Answer::height)
                .max()
                .orElse(0);
        while (!nodes.stream()
                .allMatch(node -> node.answer()
                        .filter(answer -> answer.height() >= height)
                        .isPresent())) {
            if (deadline.passed()) {
                throw new ProofFailure("not all nodes have reached height " + height + " after " + patience.toSeconds()
                        + " s: " + describe(nodes));
            }
            Deadline.pause(POLL_MILLIS);
            nodes = testnet.status();
        }
        List<String> blocks =
                nodes.stream().map(node -> blockAt(node, height)).distinct().toList();
        if (blocks.size() != 1) {
            throw new ProofFailure("the nodes have different blocks at height " + height + ": " + blocks);
        }
        return height;
    }

    private static String blockAt(NodeStatus node, long height) {
        try {
            return new NodeRpc(node.node().rpc(), RPC_TIMEOUT)
                    .call("ledger_getHeader", Json.object().put("height", height))
                    .path("id")
                    .asString("");
        } catch (IOException | NodeRpc.ErrorAnswer e) {
            throw new ProofFailure(
                    node.name() + " does not show its block at height " + height + ": " + e.getMessage());
        }
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
