package synod.testnet.network;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds out how nodes fare: from the table of processes, and by asking those that run, all at once. */
final class StatusProbe {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TIME_TO_START = Duration.ofSeconds(60);

    private final TestnetDirectory directory;

    StatusProbe(TestnetDirectory directory) {
        this.directory = directory;
    }

    /** The state of each node, in their order. */
    List<NodeStatus> probe(List<TestnetDescription.Node> nodes) {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<NodeStatus>> pending = new ArrayList<>();
            for (TestnetDescription.Node node : nodes) {
                pending.add(executor.submit(() -> probe(node)));
            }
            List<NodeStatus> found = new ArrayList<>();
            for (Future<NodeStatus> future : pending) {
                found.add(future.get());
            }
            return found;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof TestnetException known
                    ? known
                    : new IllegalStateException("a node's status could not be found", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestnetException(ExitCode.INTERRUPTED, "Interrupted.", e);
        }
    }

    private NodeStatus probe(TestnetDescription.Node node) {
        Optional<NodeProcess> process = NodeProcess.find(directory.node(node.name()), node.pid());
        if (process.isEmpty()) {
            NodeState state = node.pid().isPresent() ? NodeState.DEAD : NodeState.STOPPED;
            return new NodeStatus(node, state, Optional.empty(), Optional.empty());
        }
        Optional<Long> pid = Optional.of(process.get().pid());
        if (process.get().isPaused()) {
            return new NodeStatus(node, NodeState.PAUSED, pid, Optional.empty());
        }
        try {
            return new NodeStatus(node, NodeState.RUNNING, pid, Optional.of(ask(new NodeRpc(node.rpc(), TIMEOUT))));
        } catch (IOException | NodeRpc.ErrorAnswer e) {
            boolean young = process.get().age().compareTo(TIME_TO_START) < 0;
            return new NodeStatus(node, young ? NodeState.STARTING : NodeState.UNRESPONSIVE, pid, Optional.empty());
        }
    }

    private static NodeStatus.Answer ask(NodeRpc rpc) throws IOException, NodeRpc.ErrorAnswer {
        JsonNode status = rpc.call("consensus_getStatus", Json.object());
        if (status instanceof ObjectNode known && known.path("details").has("expectedHashes")) {
            known.set(NodeStatus.MINING, rpc.call("miner_getStatus", Json.object()));
        }
        return new NodeStatus.Answer(status);
    }
}
