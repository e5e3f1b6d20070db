package synod.node.rpc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;
import synod.node.metrics.NodeMetrics;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A served interface over fakes, and a client. */
final class Harness implements AutoCloseable {

    /** Reads answers, which may be longer than what the node itself takes. */
    private static final JsonMapper LENIENT = JsonMapper.builder().build();

    final FakeReplica replica = new FakeReplica();
    final FakeNode node = new FakeNode(replica.chain.network().chainId());
    final NodeMetrics metrics =
            new NodeMetrics(replica, new NodeMetrics.Sources(() -> node.peers().size(), () -> 1234.5, () -> 3));
    final Path directory;
    final RpcServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Harness() throws IOException {
        this(RpcLimits.DEFAULT);
    }

    Harness(RpcLimits limits) throws IOException {
        directory = Files.createTempDirectory("synod-rpc");
        server = RpcServer.start(
                new RpcConfig(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Set.of("node.example"),
                        cookieFile(),
                        limits),
                replica,
                node,
                node,
                node::pool,
                node,
                node,
                metrics);
    }

    Path cookieFile() {
        return directory.resolve("rpc.cookie");
    }

    String cookie() throws IOException {
        return Files.readString(cookieFile());
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(20))
                .build());
    }

    static JsonNode json(String text) {
        return LENIENT.readTree(text);
    }

    /** The whole answer to one call. */
    JsonNode answer(String method, String params, String... headers) throws IOException, InterruptedException {
        HttpResponse<String> response = post(request(1, method, params), headers);
        return json(response.body());
    }

    static String request(int id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    /** The result of one call, which must succeed. */
    JsonNode result(String method, String params, String... headers) throws IOException, InterruptedException {
        JsonNode answer = answer(method, params, headers);
        if (!answer.has("result")) {
            throw new AssertionError(method + " " + params + " gave " + answer);
        }
        return answer.get("result");
    }

    /** The error of one call, as code and reason. */
    String error(String method, String params, String... headers) throws IOException, InterruptedException {
        return error(answer(method, params, headers));
    }

    static String error(JsonNode answer) {
        JsonNode error = answer.path("error");
        return error.path("code").intValue(0) + " "
                + error.path("data").path("reason").stringValue("none");
    }

    String[] admin() throws IOException {
        return new String[] {"Authorization", "Bearer " + cookie()};
    }

    WebSocketClient webSocket(String... headers) throws InterruptedException {
        WebSocketClient listener = new WebSocketClient();
        WebSocket.Builder builder = client.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        listener.socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/ws"), listener)
                .join();
        return listener;
    }

    RawConnection raw() throws IOException {
        return new RawConnection(server.port());
    }

    @Override
    public void close() throws IOException {
        client.shutdownNow();
        server.close();
        metrics.close();
        replica.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
