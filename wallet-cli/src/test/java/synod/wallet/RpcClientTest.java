package synod.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpcClientTest {
    private final FakeNode first = new FakeNode().on("test", params -> "first");
    private final FakeNode second = new FakeNode().on("test", params -> "second");

    @AfterEach
    void stopNodes() {
        first.close();
        second.close();
    }

    @Test
    void asksTheFirstNode() {
        assertThat(client(first.url(), second.url()).call("test", new JsonObject()))
                .isEqualTo("first");
    }

    @Test
    void goesOnToTheNextNodeAndStaysThere() throws IOException {
        String nowhere = closedPort();
        RpcClient client = client(nowhere, second.url());

        assertThat(client.call("test", new JsonObject())).isEqualTo("second");

        assertThat(client.node()).isEqualTo(URI.create(second.url()));
    }

    @Test
    void comesRoundToTheFirstNodeAgain() {
        RpcClient client = client(first.url(), second.url());
        first.on("test", FakeNode.SILENCE, params -> "first");
        client.call("test", new JsonObject());
        second.on("test", FakeNode.SILENCE);

        assertThat(client.call("test", new JsonObject())).isEqualTo("first");
    }

    @ParameterizedTest
    @CsvSource({"-32004, too-busy", "-32005, not-ready"})
    void goesOnFromANodeThatCannotServeNow(long code, String reason) {
        first.on("test", FakeNode.error(code, reason, "later"));

        assertThat(client(first.url(), second.url()).call("test", new JsonObject()))
                .isEqualTo("second");
    }

    @Test
    void givesTheErrorOfTheNode() {
        first.on("test", FakeNode.error(-32602, "height", "height is negative"));

        assertThatThrownBy(() -> client(first.url(), second.url()).call("test", new JsonObject()))
                .isInstanceOfSatisfying(RpcException.class, e -> {
                    assertThat(e.code()).isEqualTo(-32602);
                    assertThat(e.reason()).isEqualTo("height");
                    assertThat(e).hasMessage("height is negative");
                    assertThat(e.deliveredBefore()).isFalse();
                });
    }

    @Test
    void remembersThatASilentNodeMayHaveTakenTheRequest() {
        first.on("test", FakeNode.SILENCE);
        second.on("test", FakeNode.error(-32000, "mempool-full", "full"));

        assertThatThrownBy(() -> client(first.url(), second.url()).call("test", new JsonObject()))
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.deliveredBefore()).isTrue());
    }

    @Test
    void namesEveryNodeThatWasTriedAndWhatToDo() throws IOException {
        String nowhere = closedPort();

        assertThatThrownBy(() -> client(nowhere).call("test", new JsonObject()))
                .isInstanceOfSatisfying(
                        UnreachableException.class,
                        e -> assertThat(e.possiblyDelivered()).isFalse())
                .hasMessage("No node of --rpc answers. Tried " + nowhere + " (connection refused). Do this.");
    }

    @Test
    void doesNotKnowWhetherASilentNodeTookTheRequest() {
        first.on("test", FakeNode.SILENCE);

        assertThatThrownBy(() -> client(first.url()).call("test", new JsonObject()))
                .isInstanceOfSatisfying(
                        UnreachableException.class,
                        e -> assertThat(e.possiblyDelivered()).isTrue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | <html></html> | is this a Synod node?",
                "404 | Not found | HTTP status 404",
                "200 | {\"result\":1} | no JSON-RPC 2.0",
                "200 | {\"jsonrpc\":\"2.0\",\"id\":77,\"result\":1} | the answer to another request",
                "302 | moved | HTTP status 302"
            })
    void saysWhenSomethingElseAnswers(int status, String body, String sentence) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Location", first.url());
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            assertThatThrownBy(() -> client(url).call("test", new JsonObject()))
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageContaining(sentence);
        } finally {
            server.stop(0);
        }
    }

    private static RpcClient client(String... urls) {
        List<URI> uris = Stream.of(urls).map(URI::create).toList();
        return new RpcClient(new Nodes(uris, "--rpc", "Do this."));
    }

    private static String closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort() + "/";
        }
    }
}
