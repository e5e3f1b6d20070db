package synod.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import synod.chain.Amount;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.crypto.Hash;
import synod.node.rpc.port.NodePort.Health;
import synod.node.rpc.port.NodePort.Phase;
import tools.jackson.databind.JsonNode;

/** Every error code, by what causes it. */
class ErrorsTest {
    private Harness harness;
    private TestChain chain;

    @BeforeEach
    void start() throws Exception {
        harness = new Harness(limits(1 << 20, 10_000));
        chain = harness.replica.chain;
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    private static RpcLimits limits(int maxAnswerBytes, long callMillis) {
        return new RpcLimits(
                256,
                2 << 20,
                256 << 10,
                8 << 10,
                100,
                maxAnswerBytes,
                48L << 20,
                2,
                16,
                8,
                1 << 20,
                60_000,
                10_000,
                callMillis,
                30_000);
    }

    private String post(String body) throws Exception {
        HttpResponse<String> response = harness.post(body);
        assertThat(response.statusCode()).isEqualTo(200);
        return Harness.error(Harness.json(response.body()));
    }

    private String submit(byte[] transaction) throws Exception {
        return harness.error("mempool_submit", "[\"" + HexFormat.of().formatHex(transaction) + "\"]");
    }

    @Test
    void parseErrors() throws Exception {
        assertThat(post("{\"jsonrpc\":")).isEqualTo("-32700 malformed-json");
        assertThat(post("")).isEqualTo("-32700 malformed-json");
        assertThat(post("{} {}")).isEqualTo("-32700 malformed-json");
        assertThat(post("{\"id\":1,\"id\":2}")).isEqualTo("-32700 duplicate-key");
        assertThat(Harness.error(Harness.json(new String(notUtf8(), StandardCharsets.ISO_8859_1))))
                .isEqualTo("-32700 not-utf8");
    }

    private byte[] notUtf8() throws Exception {
        try (RawConnection raw = harness.raw()) {
            raw.send("POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 3\r\n\r\n\"\u00ff\"");
            String response = raw.readToEnd();
            return response.substring(response.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void invalidRequests() throws Exception {
        assertThat(post("3")).isEqualTo("-32600 not-an-object");
        assertThat(post("[]")).isEqualTo("-32600 empty-batch");
        assertThat(post("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"x\"}")).isEqualTo("-32600 bad-version");
        assertThat(post("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"x\"}")).isEqualTo("-32600 bad-id");
        assertThat(post("{\"jsonrpc\":\"2.0\",\"id\":\"\\ud800\",\"method\":\"x\"}"))
                .isEqualTo("-32600 bad-id");
        assertThat(post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":1}")).isEqualTo("-32600 bad-method");
        assertThat(post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":1}"))
                .isEqualTo("-32600 bad-params");
        assertThat(post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"parms\":[]}"))
                .isEqualTo("-32600 unknown-member");
    }

    @Test
    void unknownMethods() throws Exception {
        assertThat(harness.error("ledger_getMoney", "{}")).isEqualTo("-32601 unknown-method");
    }

    @Test
    void invalidParams() throws Exception {
        assertThat(harness.error("ledger_getAccount", "{}")).isEqualTo("-32602 address");
        assertThat(harness.error("ledger_getAccount", "[\"tsyn1qqqq\"]")).isEqualTo("-32602 address");
        String elsewhere = TestChain.address(TestChain.BOB).format("other");
        JsonNode answer = harness.answer("ledger_getAccount", "[\"" + elsewhere + "\"]");
        assertThat(Harness.error(answer)).isEqualTo("-32602 address");
        assertThat(answer.get("error").get("data").get("detail").stringValue()).contains("'other'", "'tsyn'");
        assertThat(harness.error("ledger_getBlock", "{}")).isEqualTo("-32602 id");
        assertThat(harness.error("ledger_getBlock", "[\"" + "00".repeat(32) + "\",1]"))
                .isEqualTo("-32602 id");
        assertThat(harness.error("ledger_getBlock", "{\"height\":-1}")).isEqualTo("-32602 height");
        assertThat(harness.error("ledger_getBlock", "{\"height\":1e3}")).isEqualTo("-32602 height");
        assertThat(harness.error("ledger_getBlock", "{\"height\":99999999999999999999}"))
                .isEqualTo("-32602 height");
        assertThat(harness.error("mempool_list", "{\"limit\":1001}")).isEqualTo("-32602 limit");
        assertThat(harness.error("mempool_submit", "[\"abc\"]")).isEqualTo("-32602 transaction");
        assertThat(harness.error(
                        "ledger_getHistory",
                        "{\"address\":\"" + TestChain.text(TestChain.BOB) + "\",\"beforeIndex\":1}"))
                .isEqualTo("-32602 beforeIndex");
    }

    @Test
    void rejections() throws Exception {
        Transaction used = chain.transfer(TestChain.ALICE, 1, TestChain.BOB, "1");
        JsonNode answer =
                harness.answer("mempool_submit", "[\"" + HexFormat.of().formatHex(used.encode()) + "\"]");
        assertThat(Harness.error(answer)).isEqualTo("-32000 nonce-used");
        assertThat(answer.get("error").get("data").get("detail").stringValue())
                .isEqualTo("the sender's next nonce is 2");

        byte[] good = chain.transfer(TestChain.ALICE, 2, TestChain.BOB, "1").encode();
        assertThat(submit(Arrays.copyOf(good, good.length - 1))).isEqualTo("-32000 malformed");
        assertThat(submit(Arrays.copyOf(good, good.length + 1))).isEqualTo("-32000 malformed");
        assertThat(submit(new byte[0])).isEqualTo("-32000 malformed");
        assertThat(submit(new byte[1025])).isEqualTo("-32000 too-large");
        byte[] tampered = good.clone();
        tampered[good.length - 65] ^= 1; // the last byte before the signature: the amount
        assertThat(submit(tampered)).isEqualTo("-32000 bad-signature");
        Transaction foreign = Transaction.sign(
                TestChain.ALICE,
                Hash.ZERO,
                2,
                Amount.ofCoins(1),
                new Transfer(TestChain.address(TestChain.BOB), Amount.ofCoins(1)));
        assertThat(submit(foreign.encode())).isEqualTo("-32000 bad-signature");
        assertThat(harness.replica.submitted).isEmpty();
    }

    @Test
    void whatIsNotHere() throws Exception {
        assertThat(harness.error("ledger_getBlock", "{\"height\":4}")).isEqualTo("-32001 unknown-block");
        assertThat(harness.error("ledger_getHeader", "[\"" + "00".repeat(32) + "\"]"))
                .isEqualTo("-32001 unknown-block");
        assertThat(harness.error("ledger_getTransactionProof", "[\"" + "00".repeat(32) + "\"]"))
                .isEqualTo("-32001 unknown-transaction");
        assertThat(harness.error("admin_disconnect", "[\"" + FakeNode.ID + "\"]", harness.admin()))
                .isEqualTo("-32001 unknown-peer");
        assertThat(harness.error("admin_unban", "[\"10.0.0.0/16\"]", harness.admin()))
                .isEqualTo("-32001 unknown-ban");
    }

    @Test
    void callersWithoutTheCookie() throws Exception {
        assertThat(harness.error("admin_stop", "{}")).isEqualTo("-32002 no-cookie");
        assertThat(harness.error("admin_stop", "{}", "Authorization", "Bearer " + "0".repeat(64)))
                .isEqualTo("-32002 no-cookie");
        assertThat(harness.error("admin_stop", "{}", "Authorization", harness.cookie()))
                .isEqualTo("-32002 no-cookie");
        assertThat(harness.node.stopped).isFalse();
    }

    @Test
    void whatIsTooLarge() throws Exception {
        String one = Harness.request(1, "ledger_getSupply", "[]");
        assertThat(post("[" + one + ("," + one).repeat(100) + "]")).isEqualTo("-32003 batch");
        assertThat(post("[".repeat(1000) + "]".repeat(1000))).isEqualTo("-32003 json-limits");
        assertThat(post("[" + "1,".repeat(50_000) + "1]")).isEqualTo("-32003 json-limits");
        assertThat(post(Harness.request(1, "mempool_submit", "[\"" + "0".repeat(20_000) + "\"]")))
                .isEqualTo("-32003 json-limits");
        assertThat(post(Harness.request(1, "mempool_list", "[" + "9".repeat(1000) + "]")))
                .isEqualTo("-32003 json-limits");
    }

    @Test
    void anAnswerThatIsTooLarge() throws Exception {
        harness.close();
        harness = new Harness(limits(1000, 10_000));
        assertThat(harness.error("rpc.discover", "{}")).isEqualTo("-32003 answer");
        HttpResponse<String> batch = harness.post("[" + Harness.request(1, "ledger_getSupply", "[]") + ","
                + Harness.request(2, "rpc.discover", "[]") + "," + Harness.request(3, "ledger_getSupply", "[]") + "]");
        JsonNode answers = Harness.json(batch.body());
        assertThat(answers).hasSize(3);
        assertThat(answers.get(0).has("result")).isTrue();
        assertThat(Harness.error(answers.get(1))).isEqualTo("-32003 answer");
        assertThat(answers.get(2).has("result")).isTrue();
    }

    @Test
    void aReplicaThatDoesNotAnswer() throws Exception {
        harness.close();
        harness = new Harness(limits(1 << 20, 200));
        Runnable resume = harness.replica.stall();
        assertThat(harness.error("ledger_getSupply", "{}")).isEqualTo("-32004 deadline");
        resume.run();
        assertThat(harness.result("ledger_getSupply", "{}").has("supply")).isTrue();
    }

    @Test
    void moreCallsAtOnceThanAllowed() throws Exception {
        Runnable resume = harness.replica.stall();
        WebSocketClient first = harness.webSocket();
        first.send(Harness.request(1, "ledger_getSupply", "{}"));
        first.send(Harness.request(2, "ledger_getSupply", "{}"));
        Awaitility.await()
                .until(() -> harness.metrics
                                .registry()
                                .get("synod.rpc.inflight.count")
                                .gauge()
                                .value()
                        == 2);
        HttpResponse<String> batch = harness.post(
                "[" + Harness.request(7, "net_getPeers", "[]") + "," + Harness.request(8, "net_getPeers", "[]") + "]");
        JsonNode answers = Harness.json(batch.body());
        assertThat(Harness.error(answers.get(0))).isEqualTo("-32004 in-flight");
        assertThat(answers.get(0).get("id").intValue()).isEqualTo(7);
        assertThat(answers.get(1).get("id").intValue()).isEqualTo(8);
        resume.run();
        assertThat(first.next().has("result")).isTrue();
        assertThat(first.next().has("result")).isTrue();
        assertThat(harness.result("net_getPeers", "[]")).hasSize(1);
        first.open().abort();
    }

    @Test
    void aNodeThatIsStarting() throws Exception {
        harness.node.health = new Health(Phase.STARTING, "reads block 17 of 20");
        JsonNode answer = harness.answer("ledger_getHead", "{}");
        assertThat(Harness.error(answer)).isEqualTo("-32005 starting");
        assertThat(answer.get("error").get("data").get("detail").stringValue()).isEqualTo("reads block 17 of 20");
        assertThat(submit(chain.transfer(TestChain.ALICE, 2, TestChain.BOB, "1").encode()))
                .isEqualTo("-32005 starting");
        assertThat(harness.result("net_getPeers", "{}")).hasSize(1);
        assertThat(harness.result("rpc.discover", "{}").has("methods")).isTrue();
    }

    @Test
    void aDefectIsAnInternalErrorThatTellsNothing() throws Exception {
        chain.blocks.clear(); // a chain without even a genesis block breaks every query
        JsonNode answer = harness.answer("consensus_getStatus", "{}");
        assertThat(Harness.error(answer)).isEqualTo("-32603 defect");
        assertThat(answer.toString()).doesNotContain("Exception");
    }
}
