package synod.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import synod.chain.Block;
import synod.chain.transaction.Transaction;
import synod.node.replica.ReplicaEvent;
import tools.jackson.databind.JsonNode;

/** Calls and subscriptions over WebSocket. */
class WebSocketTest {
    private Harness harness;
    private TestChain chain;

    @BeforeEach
    void start() throws Exception {
        start(60_000);
    }

    private void restart(long idleMillis) throws Exception {
        harness.close();
        start(idleMillis);
    }

    private void start(long idleMillis) throws Exception {
        harness = new Harness(new RpcLimits(
                40,
                64 << 10,
                16 << 10,
                8 << 10,
                100,
                1 << 20,
                8 << 20,
                64,
                4,
                3,
                100_000,
                idleMillis,
                500,
                10_000,
                2_000));
        chain = harness.replica.chain;
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    private String subscribe(WebSocketClient client, String topic) throws InterruptedException {
        client.send(Harness.request(1, "ledger_subscribe", "[\"" + topic + "\"]"));
        return client.next().get("result").get("subscription").stringValue();
    }

    private void emitHead(Block block) {
        harness.replica.emit(new ReplicaEvent.HeadChanged(List.of(), List.of(block)));
    }

    @Test
    void answersMoreCallsThanMayRunAtOnce() throws Exception {
        WebSocketClient client = harness.webSocket();
        for (int i = 0; i < 40; i++) {
            client.send(Harness.request(i, "ledger_getSupply", "[]"));
        }
        Set<Integer> ids = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            ids.add(client.next().get("id").intValue());
        }
        assertThat(ids).hasSize(40);
        client.open().abort();
    }

    @Test
    void answersBatchesAndErrors() throws Exception {
        WebSocketClient client = harness.webSocket();
        client.send("[" + Harness.request(1, "ledger_getSupply", "[]") + "," + Harness.request(2, "admin_stop", "[]")
                + "]");
        JsonNode answers = client.next();
        assertThat(answers.get(0).has("result")).isTrue();
        assertThat(Harness.error(answers.get(1))).isEqualTo("-32002 no-cookie");
        client.send("{");
        assertThat(Harness.error(client.next())).isEqualTo("-32700 malformed-json");
        client.open().abort();
    }

    @Test
    void takesTheCookieOfTheHandshake() throws Exception {
        WebSocketClient client = harness.webSocket(harness.admin());
        client.send(Harness.request(1, "admin_stop", "[]"));
        assertThat(client.next().has("result")).isTrue();
        assertThat(harness.node.stopped).isTrue();
        client.open().abort();
    }

    @Test
    void putsAMessageOfSeveralFramesTogether() throws Exception {
        WebSocketClient client = harness.webSocket();
        String call = Harness.request(1, "ledger_getSupply", "[]");
        client.open().sendText(call.substring(0, 10), false).join();
        client.open().sendText(call.substring(10), true).join();
        assertThat(client.next().has("result")).isTrue();
        client.open().abort();
    }

    @Test
    void tellsOfHeads() throws Exception {
        WebSocketClient client = harness.webSocket();
        String id = subscribe(client, "heads");
        Block old = chain.blocks.getLast();
        Block block = chain.extend(List.of(chain.transfer(TestChain.ALICE, 2, TestChain.BOB, "1")));
        harness.replica.emit(new ReplicaEvent.HeadChanged(List.of(chain.node(old)), List.of(block)));
        JsonNode notification = client.next();
        assertThat(notification.get("method").stringValue()).isEqualTo("ledger_subscription");
        assertThat(notification.has("id")).isFalse();
        JsonNode params = notification.get("params");
        assertThat(params.get("subscription").stringValue()).isEqualTo(id);
        assertThat(params.get("topic").stringValue()).isEqualTo("heads");
        JsonNode event = params.get("event");
        assertThat(event.get("id").stringValue()).isEqualTo(block.id().toString());
        assertThat(event.get("height").longValue()).isEqualTo(4);
        assertThat(event.get("transactionCount").intValue()).isEqualTo(1);
        assertThat(event.get("finality").get("depth").longValue()).isEqualTo(1);
        assertThat(event.get("abandoned")).isEqualTo(Harness.json("[{\"id\":\"" + old.id() + "\",\"height\":3}]"));
        assertThat(event.get("adopted")).isEqualTo(Harness.json("[{\"id\":\"" + block.id() + "\",\"height\":4}]"));
        client.open().abort();
    }

    @Test
    void tellsOfTransactionsThatWaitAndThatAreIncluded() throws Exception {
        WebSocketClient client = harness.webSocket();
        subscribe(client, "transactions");
        Transaction transaction = chain.transfer(TestChain.ALICE, 2, TestChain.BOB, "1");
        harness.replica.emit(new ReplicaEvent.TransactionPending(transaction.id()));
        Block block = chain.extend(List.of(transaction));
        emitHead(block);
        assertThat(client.next().get("params").get("event"))
                .isEqualTo(Harness.json("{\"id\":\"" + transaction.id() + "\",\"status\":\"pending\"}"));
        assertThat(client.next().get("params").get("event"))
                .isEqualTo(Harness.json("{\"id\":\"" + transaction.id() + "\",\"status\":\"included\",\"block\":\""
                        + block.id() + "\",\"height\":4,\"index\":0}"));
        client.open().abort();
    }

    @Test
    void tellsOfFinality() throws Exception {
        WebSocketClient client = harness.webSocket();
        subscribe(client, "finality");
        emitHead(chain.extend(List.of())); // of no concern
        Block block = chain.blocks.get(1);
        harness.replica.emit(new ReplicaEvent.BlockFinalized(chain.node(block)));
        JsonNode event = client.next().get("params").get("event");
        assertThat(event.get("id").stringValue()).isEqualTo(block.id().toString());
        assertThat(event.get("finality").get("depth").longValue()).isEqualTo(4);
        client.open().abort();
    }

    @Test
    void tellsEachSubscriberInOrderAndNoOneElse() throws Exception {
        WebSocketClient one = harness.webSocket();
        WebSocketClient two = harness.webSocket();
        subscribe(one, "heads");
        subscribe(two, "heads");
        for (int i = 0; i < 20; i++) {
            emitHead(chain.extend(List.of()));
        }
        for (WebSocketClient client : List.of(one, two)) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.next()
                                .get("params")
                                .get("event")
                                .get("height")
                                .longValue())
                        .isEqualTo(4 + i);
            }
            assertThat(client.messages).isEmpty();
            client.open().abort();
        }
    }

    @Test
    void isSilentAfterUnsubscribing() throws Exception {
        WebSocketClient client = harness.webSocket();
        String id = subscribe(client, "heads");
        client.send(Harness.request(2, "ledger_unsubscribe", "[\"" + id + "\"]"));
        assertThat(client.next().get("id").intValue()).isEqualTo(2);
        emitHead(chain.extend(List.of()));
        client.send(Harness.request(3, "ledger_unsubscribe", "[\"" + id + "\"]"));
        assertThat(Harness.error(client.next())).isEqualTo("-32001 unknown-subscription");
        client.open().abort();
    }

    @Test
    void boundsTheSubscriptionsOfAConnection() throws Exception {
        WebSocketClient client = harness.webSocket();
        for (int i = 0; i < 3; i++) {
            subscribe(client, "heads");
        }
        client.send(Harness.request(2, "ledger_subscribe", "[\"heads\"]"));
        assertThat(Harness.error(client.next())).isEqualTo("-32004 subscriptions");
        client.open().abort();
    }

    @Test
    void forgetsTheSubscriptionsOfAClosedConnection() throws Exception {
        WebSocketClient client = harness.webSocket();
        subscribe(client, "heads");
        assertThat(subscriptions()).isEqualTo(1);
        client.open().abort();
        Awaitility.await().until(() -> subscriptions() == 0);
    }

    private double subscriptions() {
        return harness.metrics
                .registry()
                .get("synod.rpc.subscriptions.count")
                .gauge()
                .value();
    }

    @Test
    void subscriptionsNeedAWebSocket() throws Exception {
        assertThat(harness.error("ledger_subscribe", "[\"heads\"]")).isEqualTo("-32600 websocket-only");
        assertThat(harness.error("ledger_subscribe", "[\"weather\"]")).isEqualTo("-32602 topic");
    }

    @Test
    void cutsOffAReaderThatIsTooSlow() throws Exception {
        try (RawConnection raw = upgraded()) {
            raw.send(frame(1, Harness.request(1, "ledger_subscribe", "[\"transactions\"]")));
            Awaitility.await().until(() -> subscriptions() == 1);
            WebSocketClient attentive = harness.webSocket();
            subscribe(attentive, "finality");
            Transaction transaction = chain.transfer(TestChain.ALICE, 2, TestChain.BOB, "1");
            Block block = chain.extend(Collections.nCopies(1_000, transaction));
            for (int round = 0; round < 300 && subscriptions() == 2; round++) {
                emitHead(block);
                // An attentive subscriber is served meanwhile, and shows that the round is through.
                harness.replica.emit(new ReplicaEvent.BlockFinalized(chain.node(chain.blocks.get(1))));
                attentive.next();
            }
            assertThat(subscriptions()).isEqualTo(1);
            attentive.open().abort();
            assertThat(raw.readToEnd()).contains("slow consumer");
        }
    }

    private RawConnection upgraded() throws Exception {
        RawConnection raw = harness.raw();
        raw.send("GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n");
        raw.readUntil("\r\n\r\n");
        return raw;
    }

    /** A final frame of at most 125 bytes, masked with zeros (RFC 6455 section 5.2). */
    private static byte[] frame(int opcode, String text) {
        byte[] payload = text.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(6 + payload.length)
                .put((byte) (0x80 | opcode))
                .put((byte) (0x80 | payload.length))
                .putInt(0)
                .put(payload)
                .array();
    }

    @Test
    void refusesAFrameByItsAnnouncedLength() throws Exception {
        try (RawConnection raw = upgraded()) {
            raw.send(ByteBuffer.allocate(10)
                    .put((byte) 0x81)
                    .put((byte) (0x80 | 127))
                    .putLong(1L << 40)
                    .array());
            assertThat(raw.readToEnd()).startsWith("\u0088").contains("\u0003\u00f1"); // close, 1009
        }
    }

    @Test
    void refusesAMessageThatGrowsTooLarge() throws Exception {
        WebSocketClient client = harness.webSocket();
        client.open().sendText("x".repeat(10_000), false).join();
        client.open().sendText("x".repeat(10_000), true).join();
        assertThat(client.awaitClose()).startsWith("1009 ");
    }

    @Test
    void refusesBinaryMessages() throws Exception {
        WebSocketClient client = harness.webSocket();
        client.open().sendBinary(ByteBuffer.wrap(new byte[10]), true).join();
        assertThat(client.awaitClose()).isEqualTo("1003 text frames only");
    }

    @Test
    void refusesTextThatIsNotUtf8() throws Exception {
        try (RawConnection raw = upgraded()) {
            raw.send(new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, (byte) 0xff, (byte) 0xfe});
            assertThat(raw.readToEnd()).contains("\u0003\u00ef"); // 1007
        }
    }

    @Test
    void returnsACloseAndAnswersAPing() throws Exception {
        try (RawConnection raw = upgraded()) {
            raw.send(frame(9, "there?"));
            assertThat(raw.readUntil("there?")).startsWith("\u008a");
            raw.send(frame(8, "\u0003\u00e8"));
            assertThat(raw.readToEnd()).startsWith("\u0088");
        }
    }

    @Test
    void endsAConnectionThatShowsNoSignOfLife() throws Exception {
        restart(500);
        try (RawConnection raw = upgraded()) {
            String heard = raw.readToEnd();
            assertThat(heard).isEqualTo("\u0089\u0000"); // one ping
        }
    }

    @Test
    void keepsAConnectionThatAnswersPings() throws Exception {
        restart(2_000);
        WebSocketClient client = harness.webSocket();
        String id = subscribe(client, "heads");
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> client.pings.get() == 2);
        emitHead(chain.extend(List.of()));
        assertThat(client.next().get("params").get("subscription").stringValue())
                .isEqualTo(id);
        client.open().abort();
    }

    @Test
    void refusesAHandshakeThatIsNone() throws Exception {
        assertThat(harness.get("/ws").statusCode()).isEqualTo(426);
        assertThatThrownBy(() -> harness.webSocket("Origin", "http://evil.example"))
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }

    @Test
    void tellsSubscribersThatTheServerStops() throws Exception {
        WebSocketClient client = harness.webSocket();
        subscribe(client, "heads");
        harness.server.close();
        assertThat(client.awaitClose()).isEqualTo("1013 this node stops");
        assertThat(client.open().isInputClosed()).isTrue();
    }
}
