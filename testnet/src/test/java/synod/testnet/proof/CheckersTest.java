package synod.testnet.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import synod.crypto.Hash;
import synod.crypto.Sha256;
import synod.testnet.network.Json;
import synod.testnet.network.NodeRpc;
import synod.testnet.network.NodeState;
import synod.testnet.network.NodeStatus;
import synod.testnet.network.TestnetDescription;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** What the proofs look at must be able to fail. */
class CheckersTest {
    private static NodeStatus at(String head, String stateRoot) {
        return status(Optional.of(
                new NodeStatus.Answer(Json.object().put("head", head).put("stateRoot", stateRoot))));
    }

    private static NodeStatus status(Optional<NodeStatus.Answer> answer) {
        return new NodeStatus(
                new TestnetDescription.Node("n", "http://127.0.0.1:1", "127.0.0.1:2", Optional.empty()),
                NodeState.RUNNING,
                Optional.of(1L),
                answer);
    }

    @Test
    void nodesAgreeOnlyOnOneHeadWithOneState() {
        assertThat(Agreement.agree(List.of(at("aa", "bb"), at("aa", "bb")))).isTrue();
        assertThat(Agreement.agree(List.of(at("aa", "bb"), at("ab", "bb")))).isFalse();
        assertThat(Agreement.agree(List.of(at("aa", "bb"), at("aa", "bc")))).isFalse();
        assertThat(Agreement.agree(List.of(at("aa", "bb"), status(Optional.empty()))))
                .isFalse();
    }

    @Test
    void percentilesAreOfWhatWasMeasured() {
        Times times = new Times(List.of(40L, 10L, 30L, 20L));
        assertThat(times.percentile(50)).isEqualTo(20);
        assertThat(times.percentile(95)).isEqualTo(40);
        assertThat(times.percentile(100)).isEqualTo(40);
        assertThat(new Times(List.of(7L)).percentile(50)).isEqualTo(7);
        assertThat(times).hasToString("median 20 ms, 95 % within 40 ms, longest 40 ms");
    }

    private static Acknowledged.Promise promise(int number) {
        return new Acknowledged.Promise(Sha256.hash(new byte[] {(byte) number, (byte) (number >> 8)}), "n1");
    }

    /** A node that knows all transactions but one. */
    private static HttpServer nodeThatLost(Hash lost) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            JsonNode calls = Json.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            ArrayNode answers = Json.array();
            for (JsonNode call : calls) {
                boolean unknown = call.path("params").path("id").asString().equals(lost.toString());
                // answers of a batch may come in any order
                answers.insertObject(0)
                        .put("jsonrpc", "2.0")
                        .put("id", call.path("id").asInt())
                        .putObject("result")
                        .put("status", unknown ? "unknown" : "pending");
            }
            byte[] bytes = Json.line(answers).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void aLostTransactionIsFound() throws IOException {
        List<Acknowledged.Promise> promises = java.util.stream.IntStream.range(0, 250)
                .mapToObj(CheckersTest::promise)
                .toList();
        HttpServer server = nodeThatLost(promise(137).transaction());
        try {
            NodeRpc node = new NodeRpc("http://127.0.0.1:" + server.getAddress().getPort(), Duration.ofSeconds(10));
            assertThat(Acknowledged.missing(node, promises, Set.of("included", "pending")))
                    .containsExactly(promise(137));
            assertThat(Acknowledged.missing(node, promises, Set.of("included"))).hasSize(250);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aNodeThatDoesNotAnswerProvesNothing() {
        NodeRpc nobody = new NodeRpc("http://127.0.0.1:1", Duration.ofSeconds(2));
        assertThatThrownBy(() -> Acknowledged.missing(nobody, List.of(promise(1)), Set.of("included")))
                .isInstanceOf(ProofFailure.class);
    }
}
