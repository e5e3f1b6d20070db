package synod.testnet.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private static NodeStatus running(String name, int peers, long height) {
        return status(
                name,
                NodeState.RUNNING,
                Optional.of(
                        new NodeStatus.Answer(Json.object().put("peers", peers).put("height", height))));
    }

    private static NodeStatus status(String name, NodeState state, Optional<NodeStatus.Answer> answer) {
        return new NodeStatus(
                new TestnetDescription.Node(name, "http://127.0.0.1:1", "127.0.0.1:2", Optional.of(3L)),
                state,
                Optional.of(3L),
                answer);
    }

    @Test
    void missesNothingWhenAllAreConnectedAndHaveABlock() {
        assertThat(Readiness.missing(List.of(running("n1", 1, 1), running("n2", 1, 1)), true))
                .isEmpty();
    }

    @Test
    void needsNoPeersForALoneNode() {
        assertThat(Readiness.missing(List.of(running("n1", 0, 1)), true)).isEmpty();
    }

    @Test
    void missesAnswersFirstThenPeersThenBlocks() {
        NodeStatus silent = status("n2", NodeState.STARTING, Optional.empty());
        assertThat(Readiness.missing(List.of(running("n1", 0, 0), silent), true))
                .contains("n2 to answer");
        assertThat(Readiness.missing(List.of(running("n1", 1, 0), running("n2", 0, 0)), true))
                .contains("n2 to find its peers");
        assertThat(Readiness.missing(List.of(running("n1", 1, 1), running("n2", 1, 0)), true))
                .contains("the first block to reach n2");
    }

    @Test
    void waitsForNoBlockWhereBlocksWaitForWork() {
        assertThat(Readiness.missing(List.of(running("n1", 1, 0), running("n2", 1, 0)), false))
                .isEmpty();
    }

    @Test
    void waitsForNoPausedNode() {
        NodeStatus paused = status("n2", NodeState.PAUSED, Optional.empty());
        assertThat(Readiness.missing(List.of(running("n1", 0, 1), paused), true))
                .isEmpty();
    }

    @Test
    void doesNotDemandThatManyNodesAllKnowEachOther() {
        List<NodeStatus> nodes = java.util.stream.IntStream.rangeClosed(1, 16)
                .mapToObj(number -> running("n" + number, 4, 1))
                .toList();
        assertThat(Readiness.missing(nodes, true)).isEmpty();
    }
}
