package synod.testnet.network;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls JSON-RPC 2.0 methods of one node over a WebSocket: several calls at once, and notifications of subscriptions. */
public final class NodeSocket implements AutoCloseable {
    private static final Duration TIME_TO_CONNECT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final Map<Long, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final Consumer<JsonNode> events;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final WebSocket socket;
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

    private NodeSocket(HttpClient client, URI uri, Consumer<JsonNode> events) throws IOException {
        this.client = client;
        this.events = events;
        try {
            this.socket = client.newWebSocketBuilder()
                    .connectTimeout(TIME_TO_CONNECT)
                    .buildAsync(uri, new Listener())
                    .join();
        } catch (CompletionException e) {
            client.shutdownNow();
            throw new IOException("cannot connect to " + uri + ": " + e.getCause(), e);
        }
    }

    /**
     * Connects to a node.
     *
     * @param rpc the node's URL
     * @param events takes what comes of subscriptions, {@code {topic, event}}, on the connection's thread
     */
    public static NodeSocket connect(String rpc, Consumer<JsonNode> events) throws IOException {
        URI uri = URI.create(rpc.replaceFirst("^http", "ws") + "/ws");
        return new NodeSocket(HttpClient.newHttpClient(), uri, events);
    }

    /** Calls a method; the future is the answer, result or error. */
    public CompletableFuture<JsonNode> call(String method, ObjectNode params) {
        long id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = expect(id);
        send(Json.line(request(id, method, params)));
        return answer;
    }

    /** Calls a method once for each of the parameters in one message, and gives an answer for each, in their order. */
    public List<CompletableFuture<JsonNode>> callAll(String method, List<ObjectNode> params) {
        ArrayNode batch = Json.array();
        List<CompletableFuture<JsonNode>> answers = params.stream()
                .map(one -> {
                    long id = ids.incrementAndGet();
                    batch.add(request(id, method, one));
                    return expect(id);
                })
                .toList();
        send(Json.line(batch));
        return answers;
    }

    private static ObjectNode request(long id, String method, ObjectNode params) {
        ObjectNode request = Json.object().put("jsonrpc", "2.0").put("id", id).put("method", method);
        request.set("params", params);
        return request;
    }

    private CompletableFuture<JsonNode> expect(long id) {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        calls.put(id, answer);
        if (ended.isDone()) {
            fail(new IOException("the connection has ended"));
        }
        return answer;
    }

    /** One message after the other, as the socket demands. */
    private synchronized void send(String text) {
        sent = sent.thenCompose(_ -> socket.sendText(text, true)).exceptionally(e -> {
            fail(e);
            return null;
        });
    }

    private void fail(Throwable cause) {
        ended.completeExceptionally(cause);
        calls.values().forEach(call -> call.completeExceptionally(cause));
        calls.clear();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                String text = partial.toString();
                partial.setLength(0);
                try {
                    JsonNode message = Json.parse(text);
                    if (message.isArray()) {
                        message.forEach(NodeSocket.this::take);
                    } else {
                        take(message);
                    }
                } catch (JacksonException e) {
                    fail(e);
                }
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            fail(new IOException("the node closed the connection: " + status + " " + reason));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            fail(error);
        }
    }

    private void take(JsonNode message) {
        if (message.has("method")) {
            events.accept(message.path("params"));
            return;
        }
        CompletableFuture<JsonNode> call = calls.remove(message.path("id").asLong(-1));
        if (call != null) {
            call.complete(message);
        }
    }

    @Override
    public void close() {
        socket.abort();
        // its close() would wait for the socket's end
        client.shutdownNow();
    }
}
