package synod.wallet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls JSON-RPC 2.0 methods at the first of several nodes that answers, and stays with that one.
 *
 * <p>A request that one node did not answer is put to the next. That is sound because every method used here may be
 * repeated: the same transaction, submitted twice, is one transaction.
 */
final class RpcClient {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 5_000;
    private static final int MAX_ANSWER_BYTES = 16 << 20;

    private final Nodes nodes;
    private int current;
    private long nextId = 1;

    RpcClient(Nodes nodes) {
        this.nodes = nodes;
    }

    /** The node that answered last. */
    URI node() {
        return nodes.uris().get(current);
    }

    /**
     * Calls a method and returns its result.
     *
     * @throws RpcException if a node answers with an error
     * @throws UnreachableException if no node answers
     */
    @Nullable
    Object call(String method, JsonObject params) {
        long id = nextId++;
        byte[] request = new JsonObject()
                .put("jsonrpc", "2.0")
                .put("id", id)
                .put("method", method)
                .put("params", params)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        List<String> failures = new ArrayList<>();
        boolean delivered = false;
        int first = current;
        for (int i = 0; i < nodes.uris().size(); i++) {
            current = (first + i) % nodes.uris().size();
            try {
                HttpURLConnection connection = prepare(node(), request.length);
                try {
                    connection.connect();
                } catch (IOException e) {
                    failures.add(node() + " (" + sentence(e) + ")");
                    continue;
                }
                JsonObject answer = exchange(connection, request, id);
                if (!answer.has("error")) {
                    return answer.value("result");
                }
                RpcException error = RpcException.of(answer.object("error"), delivered);
                if (!error.isTemporary()) {
                    throw error;
                }
                failures.add(node() + " (" + error.getMessage() + ")");
            } catch (IOException | JsonShapeException e) {
                delivered = true;
                failures.add(node() + " (" + sentence(e) + ")");
            }
        }
        throw new UnreachableException(
                "No node of " + nodes.origin() + " answers. Tried " + String.join(", ", failures) + ". "
                        + nodes.advice(),
                delivered);
    }

    private static HttpURLConnection prepare(URI uri, int length) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        // A fixed length also switches off the JDK's own, silent second try.
        connection.setFixedLengthStreamingMode(length);
        return connection;
    }

    private static JsonObject exchange(HttpURLConnection connection, byte[] request, long id) throws IOException {
        try (OutputStream out = connection.getOutputStream()) {
            out.write(request);
        }
        int status = connection.getResponseCode();
        InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        String text = body == null ? "" : read(body);
        return answer(status, text, id);
    }

    private static String read(InputStream body) throws IOException {
        try (body) {
            byte[] bytes = body.readNBytes(MAX_ANSWER_BYTES + 1);
            if (bytes.length > MAX_ANSWER_BYTES) {
                throw new IOException("an answer of more than " + MAX_ANSWER_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static JsonObject answer(int status, String text, long id) throws IOException {
        JsonObject answer;
        try {
            answer = Json.parseObject(text);
        } catch (JsonShapeException e) {
            throw new IOException("HTTP status " + status + " and no JSON: is this a Synod node?", e);
        }
        if (!"2.0".equals(answer.value("jsonrpc"))) {
            throw new IOException("HTTP status " + status + " and no JSON-RPC 2.0: is this a Synod node?");
        }
        // An error that has no id answers a request that the node could not read.
        if (!answer.has("error") && answer.number("id") != id) {
            throw new IOException("the answer to another request");
        }
        return answer;
    }

    private static String sentence(Exception e) {
        return switch (e) {
            case ConnectException _ -> "connection refused";
            case UnknownHostException _ -> "unknown host";
            case SocketTimeoutException _ -> "no answer in time";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
