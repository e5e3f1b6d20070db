package synod.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import synod.chain.transaction.Transaction;
import tools.jackson.databind.JsonNode;

/** The document says what the interface does: every parameter in it is taken, no other is, and results fit it. */
class DiscoverTest {
    private Harness harness;
    private JsonNode document;

    @BeforeEach
    void start() throws Exception {
        harness = new Harness();
        document = harness.result("rpc.discover", "[]");
    }

    @AfterEach
    void stop() throws Exception {
        harness.close();
    }

    private Map<String, JsonNode> methods() {
        Map<String, JsonNode> methods = new TreeMap<>();
        document.get("methods").forEach(method -> methods.put(method.get("name").stringValue(), method));
        return methods;
    }

    /** A good value for a parameter, as JSON. */
    private String example(String method, String param) {
        TestChain chain = harness.replica.chain;
        Transaction included = chain.blocks.get(1).transactions().getFirst();
        String value = switch (param) {
            case "id" ->
                switch (method) {
                    case "ledger_getBlock", "ledger_getHeader" ->
                        chain.head().id().toString();
                    case "admin_disconnect" -> FakeNode.PEER.toString();
                    case "admin_unban" -> FakeNode.BANNED.toString();
                    default -> included.id().toString();
                };
            case "address" -> method.equals("admin_addPeer") ? "127.0.0.1:1" : TestChain.text(TestChain.ALICE);
            case "sender" -> TestChain.text(TestChain.ALICE);
            case "digest" -> TestChain.DIGEST.toString();
            case "key" -> TestChain.BOB.publicKey().toString();
            case "transaction" ->
                HexFormat.of()
                        .formatHex(chain.transfer(TestChain.ALICE, 2, TestChain.BOB, "1")
                                .encode());
            case "topic" -> "heads";
            case "subscription" -> "0";
            case "transactions" -> "false";
            case "height", "beforeHeight", "beforeIndex", "limit" -> "2";
            default -> throw new AssertionError("no example for parameter " + param + " of " + method);
        };
        return List.of("true", "false", "2").contains(value) ? value : '"' + value + '"';
    }

    /** The names of parameters that belong together in one call, in the order of the declaration. */
    private List<String> together(JsonNode method) {
        List<String> names = new ArrayList<>();
        for (JsonNode param : method.get("params")) {
            names.add(param.get("name").stringValue());
        }
        if (names.contains("id")) {
            names.remove("height"); // a block is asked for by one of the two
        }
        return names;
    }

    private String byName(String method, List<String> names) {
        List<String> members = names.stream()
                .map(name -> '"' + name + "\":" + example(method, name))
                .toList();
        return "{" + String.join(",", members) + "}";
    }

    @Test
    void listsExactlyTheAgreedMethods() {
        assertThat(methods())
                .containsOnlyKeys(
                        "ledger_getNetwork",
                        "ledger_getHead",
                        "ledger_getBlock",
                        "ledger_getHeader",
                        "ledger_getAccount",
                        "ledger_getProof",
                        "ledger_getTransaction",
                        "ledger_getTransactionProof",
                        "ledger_getHistory",
                        "ledger_getAnchor",
                        "ledger_getSupply",
                        "ledger_subscribe",
                        "ledger_unsubscribe",
                        "mempool_submit",
                        "mempool_why",
                        "mempool_list",
                        "mempool_getNextNonce",
                        "consensus_getStatus",
                        "consensus_getValidators",
                        "consensus_getStake",
                        "consensus_getEvidence",
                        "miner_getStatus",
                        "net_getPeers",
                        "net_getStatus",
                        "admin_stop",
                        "admin_addPeer",
                        "admin_disconnect",
                        "admin_unban",
                        "rpc.discover");
        assertThat(document.get("openrpc").stringValue()).isEqualTo("1.3.2");
        assertThat(document.get("info").get("version").stringValue()).isEqualTo("0.1.0-test");
    }

    @Test
    void everyMethodSaysWhatItDoesAndWhatItTakes() {
        methods().forEach((name, method) -> {
            assertThat(method.get("summary").stringValue()).as(name).isNotEmpty();
            assertThat(method.get("errors")).as(name).isNotEmpty();
            assertThat(method.get("result").get("schema")).as(name).isNotEmpty();
            for (JsonNode param : method.get("params")) {
                assertThat(param.get("description").stringValue()).as(name).isNotEmpty();
                assertThat(param.get("schema").get("type").stringValue())
                        .as(name)
                        .isNotEmpty();
            }
        });
    }

    @Test
    void declaredParametersAreTakenAndResultsFitTheirSchemas() throws Exception {
        SchemaCheck check = new SchemaCheck(document);
        WebSocketClient socket = harness.webSocket(harness.admin());
        int id = 0;
        for (JsonNode method : methods().values()) {
            String name = method.get("name").stringValue();
            List<String> params = together(method);
            String params1 = byName(name, params);
            if (name.equals("ledger_unsubscribe")) {
                socket.send(Harness.request(++id, "ledger_subscribe", "[\"heads\"]"));
                params1 = socket.next().get("result").toString();
            }
            socket.send(Harness.request(++id, name, params1));
            JsonNode answer = socket.next();
            assertThat(answer.has("result"))
                    .as(name + " " + params1 + " " + answer)
                    .isTrue();
            assertThat(check.faults(answer.get("result"), method.get("result").get("schema")))
                    .as(name)
                    .isEmpty();
        }
        socket.open().abort();
    }

    @Test
    void optionalParametersMayBeLeftOutAndRequiredOnesMayNot() throws Exception {
        for (JsonNode method : methods().values()) {
            String name = method.get("name").stringValue();
            for (JsonNode param : method.get("params")) {
                String missing = param.get("name").stringValue();
                if (param.get("required").booleanValue()) {
                    List<String> others = new ArrayList<>(together(method));
                    others.remove(missing);
                    assertThat(harness.error(name, byName(name, others), harness.admin()))
                            .as(name)
                            .isEqualTo("-32602 " + missing);
                }
            }
        }
    }

    @Test
    void undeclaredParametersAreRefused() throws Exception {
        for (JsonNode method : methods().values()) {
            String name = method.get("name").stringValue();
            String good = byName(name, together(method));
            String withOther = (good.equals("{}") ? "{" : good.substring(0, good.length() - 1) + ",") + "\"other\":1}";
            assertThat(harness.error(name, withOther, harness.admin())).as(name).isEqualTo("-32602 other");
            String tooMany = "[" + "null,".repeat(method.get("params").size()) + "null]";
            assertThat(harness.error(name, tooMany, harness.admin())).as(name).isEqualTo("-32602 params");
        }
    }

    @Test
    void wrongValuesAreRefusedByTheParametersName() throws Exception {
        for (JsonNode method : methods().values()) {
            String name = method.get("name").stringValue();
            for (String param : together(method)) {
                String good = byName(name, together(method));
                String bad = good.replace('"' + param + "\":" + example(name, param), '"' + param + "\":[]");
                assertThat(bad).as(name).isNotEqualTo(good);
                assertThat(harness.error(name, bad, harness.admin())).as(name).isEqualTo("-32602 " + param);
            }
        }
    }

    @Test
    void errorsAreAmongTheDeclaredOnes() throws Exception {
        assertThat(codes("mempool_submit")).contains(-32000, -32005, -32602, -32603, -32003, -32004);
        assertThat(codes("ledger_getBlock")).contains(-32001);
        assertThat(codes("admin_stop")).contains(-32002);
        assertThat(codes("ledger_subscribe")).contains(-32600);
        assertThat(codes("net_getPeers")).doesNotContain(-32000, -32001, -32002, -32005);
    }

    private List<Integer> codes(String method) {
        List<Integer> codes = new ArrayList<>();
        for (JsonNode declared : document.get("methods")) {
            if (declared.get("name").stringValue().equals(method)) {
                declared.get("errors")
                        .forEach(error -> codes.add(error.get("code").intValue()));
            }
        }
        return codes;
    }
}
