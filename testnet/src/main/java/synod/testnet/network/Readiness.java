package synod.testnet.network;

import java.util.List;
import java.util.Optional;

/** When a network counts as up. */
final class Readiness {
    /** A node with so many peers is connected, however many there are. */
    private static final int ENOUGH_PEERS = 4;

    private Readiness() {}

    /**
     * The first thing that is still missing, for a sentence; empty when nothing is. Paused nodes are not waited for.
     *
     * @param blocksComeAlone whether a first block is to be expected although nobody sends a transaction
     */
    static Optional<String> missing(List<NodeStatus> nodes, boolean blocksComeAlone) {
        List<NodeStatus> awaited =
                nodes.stream().filter(node -> node.state() != NodeState.PAUSED).toList();
        return awaited.stream()
                .filter(node -> node.answer().isEmpty())
                .findFirst()
                .map(node -> node.name() + " to answer")
                .or(() -> missingPeers(awaited))
                .or(() -> blocksComeAlone ? missingBlock(awaited) : Optional.empty());
    }

    private static Optional<String> missingPeers(List<NodeStatus> nodes) {
        int needed = Math.min(ENOUGH_PEERS, nodes.size() - 1);
        return nodes.stream()
                .filter(node -> node.answer().map(NodeStatus.Answer::peers).orElse(0) < needed)
                .findFirst()
                .map(node -> node.name() + " to find its peers");
    }

    private static Optional<String> missingBlock(List<NodeStatus> nodes) {
        return nodes.stream()
                .filter(node -> node.answer().map(NodeStatus.Answer::height).orElse(0L) < 1)
                .findFirst()
                .map(node -> "the first block to reach " + node.name());
    }
}
