package synod.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a client can do to the HTTP transport, and what it gets for it. */
class HttpBoundsTest {
    private static final String CALL = Harness.request(1, "ledger_getSupply", "[]");

    private Harness harness;

    @BeforeEach
    void start() throws Exception {
        // Short deadlines, few connections, 64 KiB bodies; the rest is roomy.
        harness = new Harness(new RpcLimits(
                40, 64 << 10, 64 << 10, 8 << 10, 100, 1 << 20, 1 << 20, 64, 16, 8, 1 << 20, 1_000, 500, 10_000, 1_000));
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    private static String head(String more) {
        return "POST / HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n";
    }

    private static String request(String body) {
        return head("Content-Length: " + body.length() + "\r\n") + body;
    }

    private String errorOf(String response) {
        return Harness.error(Harness.json(response.substring(response.indexOf("\r\n\r\n") + 4)));
    }

    private String sayAndHear(String text) throws Exception {
        try (RawConnection raw = harness.raw()) {
            return raw.send(text).readToEnd();
        }
    }

    @Test
    void servesManyRequestsOnOneConnection() throws Exception {
        try (RawConnection raw = harness.raw()) {
            for (int i = 0; i < 5; i++) {
                assertThat(raw.send(request(CALL)).readUntil("}}")).contains("200 OK", "250.00000001");
            }
        }
    }

    @Test
    void answersRequestsSentAheadInTheirOrder() throws Exception {
        StringBuilder ahead = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            ahead.append(request(Harness.request(1000 + i, "ledger_getSupply", "[]")));
        }
        try (RawConnection raw = harness.raw()) {
            raw.send(ahead.toString());
            for (int i = 0; i < 50; i++) {
                assertThat(raw.readUntil("}}")).contains("\"id\":" + (1000 + i));
            }
        }
    }

    @Test
    void answersANotificationWithoutContent() throws Exception {
        HttpResponse<String> response = harness.post("{\"jsonrpc\":\"2.0\",\"method\":\"ledger_getSupply\"}");
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void closesAfterTheAnswerWhenAsked() throws Exception {
        assertThat(sayAndHear(head("Connection: close\r\nContent-Length: " + CALL.length() + "\r\n") + CALL))
                .contains("200 OK", "connection: close", "250.00000001");
        assertThat(sayAndHear(
                        "POST / HTTP/1.0\r\nHost: localhost\r\nContent-Length: " + CALL.length() + "\r\n\r\n" + CALL))
                .contains("200 OK", "250.00000001");
    }

    @Test
    void refusesABodyByItsAnnouncedLengthBeforeReadingIt() throws Exception {
        String response = sayAndHear(head("Content-Length: 65537\r\n"));
        assertThat(response).startsWith("HTTP/1.1 413");
        assertThat(errorOf(response)).isEqualTo("-32003 body");
    }

    @Test
    void refusesABodyThatGrowsTooLarge() throws Exception {
        String chunk = "1000\r\n" + "x".repeat(0x1000) + "\r\n";
        String response = sayAndHear(head("Transfer-Encoding: chunked\r\n") + chunk.repeat(17));
        assertThat(response).startsWith("HTTP/1.1 413");
        assertThat(errorOf(response)).isEqualTo("-32003 body");
    }

    @Test
    void takesAChunkedBody() throws Exception {
        try (RawConnection raw = harness.raw()) {
            raw.send(head("Transfer-Encoding: chunked\r\n"));
            for (String part : CALL.split("(?<=,)")) {
                raw.send(Integer.toHexString(part.length()) + "\r\n" + part + "\r\n");
            }
            assertThat(raw.send("0\r\n\r\n").readUntil("}}")).contains("250.00000001");
        }
    }

    @Test
    void tellsAClientThatAsksFirstToGoOnOrNot() throws Exception {
        try (RawConnection raw = harness.raw()) {
            raw.send(head("Expect: 100-continue\r\nContent-Length: " + CALL.length() + "\r\n"));
            raw.readUntil("100 Continue\r\n\r\n");
            assertThat(raw.send(CALL).readUntil("}}")).contains("200 OK");
        }
        assertThat(sayAndHear(head("Expect: 100-continue\r\nContent-Length: 100000\r\n")))
                .startsWith("HTTP/1.1 413");
        assertThat(sayAndHear(head("Expect: money\r\nContent-Length: 10\r\n"))).startsWith("HTTP/1.1 417");
    }

    @Test
    void refusesHeadersThatAreTooLarge() throws Exception {
        String response = sayAndHear(head("X: " + "x".repeat(9000) + "\r\n"));
        assertThat(response).startsWith("HTTP/1.1 431");
        assertThat(errorOf(response)).isEqualTo("-32003 headers");
        assertThat(sayAndHear("GET /" + "x".repeat(2000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
    }

    @Test
    void refusesWhatIsNoHttp() throws Exception {
        assertThat(sayAndHear("hello there\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(sayAndHear(head("Content-Length: 5\r\nContent-Length: 6\r\n") + "aaaaaa"))
                .startsWith("HTTP/1.1 400");
        assertThat(sayAndHear(head("Content-Length: many\r\n"))).startsWith("HTTP/1.1 400");
    }

    @Test
    void refusesOtherPathsAndVerbs() throws Exception {
        assertThat(harness.get("/etc/passwd").statusCode()).isEqualTo(404);
        HttpResponse<String> get = harness.get("/");
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(Harness.error(Harness.json(get.body()))).isEqualTo("-32600 http-method");
    }

    @Test
    void endsARequestWhoseHeaderTricklesIn() throws Exception {
        assertThat(trickle("POST / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(5000)))
                .startsWith("HTTP/1.1 408");
    }

    @Test
    void endsARequestWhoseBodyTricklesIn() throws Exception {
        assertThat(trickle(head("Content-Length: 5000\r\n") + "x".repeat(5000))).startsWith("HTTP/1.1 408");
    }

    /** Sends a byte at a time, fast enough never to be idle, until the server ends it. */
    private String trickle(String text) throws Exception {
        try (RawConnection raw = harness.raw()) {
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < text.length(); i++) {
                        raw.send(text.substring(i, i + 1));
                        Thread.sleep(20);
                    }
                } catch (Exception e) {
                    // The server has closed, as it should.
                }
            });
            String response = raw.readToEnd();
            sender.interrupt();
            return response;
        }
    }

    @Test
    void endsAConnectionThatAsksForNothing() throws Exception {
        try (RawConnection raw = harness.raw()) {
            assertThat(raw.readToEnd()).isEmpty();
        }
    }

    @Test
    void endsAConnectionThatDoesNotTakeItsAnswers() throws Exception {
        String padded = Harness.request(1, "rpc.discover", "[]") + " ".repeat(2_000);
        byte[] ahead = request(padded).repeat(400).getBytes(StandardCharsets.US_ASCII);
        try (RawConnection raw = harness.raw()) {
            raw.socket().setReceiveBufferSize(4096);
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    raw.send(ahead);
                } catch (Exception e) {
                    // The server has closed, as it should.
                }
            });
            Awaitility.await().until(() -> connections() == 1);
            Awaitility.await().until(() -> connections() == 0);
            sender.join();
        }
    }

    private double connections() {
        return harness.metrics
                .registry()
                .get("synod.rpc.connections.count")
                .gauge()
                .value();
    }

    @Test
    void tellsAConnectionTooManyThatItIs() throws Exception {
        List<RawConnection> open = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                open.add(harness.raw());
            }
            Awaitility.await().until(() -> connections() == 40);
            try (RawConnection oneMore = harness.raw()) {
                String response = oneMore.readToEnd();
                assertThat(response).startsWith("HTTP/1.1 503");
                assertThat(errorOf(response)).isEqualTo("-32004 connections");
            }
        } finally {
            for (RawConnection raw : open) {
                raw.close();
            }
        }
        Awaitility.await().until(() -> connections() == 0);
        assertThat(harness.result("ledger_getSupply", "[]").has("supply")).isTrue();
    }

    @Test
    void servesOnAfterTwoHundredConnectionsOfGarbage() throws Exception {
        Random random = new Random(42);
        for (int i = 0; i < 200; i++) {
            try (RawConnection raw = harness.raw()) {
                byte[] garbage = new byte[random.nextInt(2000)];
                random.nextBytes(garbage);
                if (i % 4 == 1) {
                    raw.send(head("Content-Length: " + garbage.length + "\r\n"));
                } else if (i % 4 == 2) {
                    raw.send(head("Transfer-Encoding: chunked\r\n"));
                } else if (i % 4 == 3) {
                    raw.send("GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n");
                }
                raw.send(garbage);
            } catch (SocketException e) {
                // Closed in the middle of the garbage, as it should be.
            }
        }
        Awaitility.await().until(() -> connections() == 0);
        assertThat(harness.result("ledger_getSupply", "[]").has("supply")).isTrue();
        // The bytes of a request are given back when its answer has been written, a moment after it can be read.
        Awaitility.await().until(() -> buffered() == 0);
    }

    private double buffered() {
        return harness.metrics
                .registry()
                .get("synod.rpc.buffered.bytes")
                .gauge()
                .value();
    }

    @Test
    void holdsNoMoreThanTheBudgetInAll() throws Exception {
        List<RawConnection> open = new ArrayList<>();
        int refused = 0;
        try {
            for (int i = 0; i < 30; i++) {
                open.add(harness.raw().send(head("Content-Length: 65000\r\n") + "x".repeat(64_999)));
            }
            for (RawConnection raw : open) {
                refused += raw.readToEnd().contains("\"memory\"") ? 1 : 0;
            }
        } finally {
            for (RawConnection raw : open) {
                raw.close();
            }
        }
        assertThat(refused).isPositive();
        Awaitility.await().until(() -> buffered() == 0);
        assertThat(harness.result("ledger_getSupply", "[]").has("supply")).isTrue();
    }

    @Test
    void answersABatchInItsOrderWithMixedResults() throws Exception {
        String batch = "[" + Harness.request(1, "ledger_getSupply", "[]") + ",7,"
                + "{\"jsonrpc\":\"2.0\",\"method\":\"ledger_getSupply\"},"
                + Harness.request(2, "nothing", "[]") + ","
                + Harness.request(3, "ledger_getBlock", "{\"height\":99}") + ","
                + "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ledger_getSupply\"},"
                + "{\"jsonrpc\":\"2.0\",\"id\":\"four\",\"method\":\"net_getPeers\"}]";
        JsonNode answers = Harness.json(harness.post(batch).body());
        assertThat(answers).hasSize(6);
        assertThat(answers.get(0).get("id").intValue()).isEqualTo(1);
        assertThat(answers.get(0).has("result")).isTrue();
        assertThat(Harness.error(answers.get(1))).isEqualTo("-32600 not-an-object");
        assertThat(answers.get(1).get("id").isNull()).isTrue();
        assertThat(Harness.error(answers.get(2))).isEqualTo("-32601 unknown-method");
        assertThat(Harness.error(answers.get(3))).isEqualTo("-32001 unknown-block");
        assertThat(answers.get(4).get("id").isNull()).isTrue();
        assertThat(answers.get(4).has("result")).isTrue();
        assertThat(answers.get(5).get("id").stringValue()).isEqualTo("four");
    }

    @Test
    void refusesAStrangersHostName() throws Exception {
        for (String good :
                List.of("localhost", "localhost:1", "127.0.0.1:8645", "[::1]:8645", "node.example", "a.localhost")) {
            assertThat(hostStatus(good)).as(good).isEqualTo("200");
        }
        for (String bad : List.of("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "[::1")) {
            assertThat(hostStatus(bad)).as(bad).isEqualTo("403");
        }
        assertThat(sayAndHear("GET /health HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(sayAndHear("GET /health HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    private String hostStatus(String host) throws Exception {
        String response = sayAndHear("GET /health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
        return response.substring(9, 12);
    }

    @Test
    void refusesAStrangersWebPage() throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(harness.uri("/"))
                .POST(HttpRequest.BodyPublishers.ofString(CALL))
                .header("Content-Type", "text/plain");
        HttpResponse<String> foreign = harness.send(
                request.copy().header("Origin", "http://evil.example").build());
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(Harness.error(Harness.json(foreign.body()))).isEqualTo("-32002 cross-site");
        assertThat(harness.send(request.copy().header("Origin", "null").build()).statusCode())
                .isEqualTo(403);
        assertThat(harness.send(request.copy()
                                .header("Sec-Fetch-Site", "cross-site")
                                .build())
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> own = harness.send(request.copy()
                .header("Origin", "http://" + harness.uri("/").getAuthority())
                .build());
        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(own.headers().map()).doesNotContainKey("access-control-allow-origin");
    }
}
