package synod.wallet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.transaction.Transaction;
import synod.crypto.Hash;
import synod.crypto.Sha256;

/**
 * A JSON-RPC server that answers what a test scripted: for every method either a standing answer, or a series whose last
 * one stays. It keeps the requests, and the transactions that were submitted.
 */
final class FakeNode implements AutoCloseable {
    static final String PREFIX = "dev";
    static final Hash CHAIN = Sha256.hash("the fake chain".getBytes(StandardCharsets.US_ASCII));

    /** Makes the node break the connection instead of answering. */
    static final Function<JsonObject, @Nullable Object> SILENCE = params -> {
        throw new Silence();
    };

    private final HttpServer server;
    private final Map<String, Deque<Function<JsonObject, @Nullable Object>>> script = new HashMap<>();
    private final List<String> methods = new ArrayList<>();
    private final List<JsonObject> params = new ArrayList<>();
    private final List<Transaction> submitted = new ArrayList<>();

    /** The node of a development network on which everybody has 100 coins. */
    FakeNode() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
        network(true);
        on("ledger_getAccount", params -> account(params.text("address"), "100", 7));
        on("mempool_getNextNonce", params -> new JsonObject().put("nonce", 7L));
        on(
                "mempool_submit",
                params -> new JsonObject().put("id", transaction(params).id().toString()));
    }

    private static final class Silence extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient JsonObject error;

        Refusal(JsonObject error) {
            this.error = error;
        }
    }

    static JsonObject account(String address, String balance, long nonce) {
        return new JsonObject()
                .put("address", address)
                .put("balance", balance)
                .put("nonce", nonce)
                .put("nextNonce", nonce)
                .put("maturing", List.of());
    }

    static JsonObject included(String block, long height, String kind, long depth, boolean isFinal) {
        return new JsonObject()
                .put("status", "included")
                .put("block", block)
                .put("height", height)
                .put("index", 0L)
                .put(
                        "finality",
                        new JsonObject().put("kind", kind).put("depth", depth).put("final", isFinal));
    }

    static JsonObject pending(String cause, String detail) {
        return new JsonObject()
                .put("status", "pending")
                .put("wait", new JsonObject().put("cause", cause).put("detail", detail));
    }

    static JsonObject unknown() {
        return new JsonObject().put("status", "unknown");
    }

    static Function<JsonObject, @Nullable Object> error(long code, String reason, String detail) {
        return params -> {
            throw new Refusal(new JsonObject()
                    .put("code", code)
                    .put("message", detail)
                    .put("data", new JsonObject().put("reason", reason).put("detail", detail)));
        };
    }

    void network(boolean development) {
        on(
                "ledger_getNetwork",
                params -> new JsonObject()
                        .put("name", development ? "development" : "earnest")
                        .put("chainId", CHAIN.toString())
                        .put("addressPrefix", PREFIX)
                        .put("development", development)
                        .put("engine", "pow")
                        .put(
                                "rules",
                                new JsonObject()
                                        .put("maxBlockBytes", 1_000_000L)
                                        .put("minFeePerByte", 10L))
                        .put("version", "test"));
    }

    /** Sets the answers to a method; the last one stays. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    final FakeNode on(String method, Function<JsonObject, @Nullable Object>... answers) {
        synchronized (script) {
            script.put(method, new ArrayDeque<>(List.of(answers)));
        }
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    List<Transaction> submitted() {
        synchronized (script) {
            return List.copyOf(submitted);
        }
    }

    List<String> methods() {
        synchronized (script) {
            return List.copyOf(methods);
        }
    }

    /** The parameters of the last request. */
    JsonObject lastParams() {
        synchronized (script) {
            return params.getLast();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        JsonObject request =
                Json.parseObject(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        JsonObject answer = new JsonObject().put("jsonrpc", "2.0").put("id", request.number("id"));
        try {
            answer.put("result", result(request));
        } catch (Refusal refusal) {
            answer.put("error", refusal.error);
        } catch (Silence silence) {
            exchange.close();
            return;
        }
        byte[] body = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private @Nullable Object result(JsonObject request) {
        synchronized (script) {
            String method = request.text("method");
            methods.add(method);
            params.add(request.object("params"));
            if (method.equals("mempool_submit")) {
                submitted.add(transaction(request.object("params")));
            }
            Deque<Function<JsonObject, @Nullable Object>> answers = script.get(method);
            if (answers == null) {
                throw new Refusal(new JsonObject()
                        .put("code", -32601L)
                        .put("message", "no script for " + method)
                        .put("data", new JsonObject().put("reason", "method-not-found")));
            }
            return (answers.size() > 1 ? answers.remove() : answers.element()).apply(request.object("params"));
        }
    }

    private static Transaction transaction(JsonObject params) {
        try {
            return Transaction.decode(new Decoder(HexFormat.of().parseHex(params.text("transaction"))));
        } catch (RejectedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
