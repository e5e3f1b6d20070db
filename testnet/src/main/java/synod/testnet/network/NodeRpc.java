package synod.testnet.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls JSON-RPC 2.0 methods of one node. */
public final class NodeRpc {
    /** The most calls that a node takes at once. */
    public static final int MAX_BATCH = 100;

    private static final int MAX_ANSWER_BYTES = 16 << 20;

    private final URI uri;
    private final int timeoutMillis;

    public NodeRpc(String uri, Duration timeout) {
        this.uri = URI.create(uri);
        this.timeoutMillis = (int) timeout.toMillis();
    }

    /** A node's answer that is an error. */
    public static final class ErrorAnswer extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        private ErrorAnswer(String reason, String message) {
            super(message);
            this.reason = reason;
        }

        /** The stable name of the reason. */
        public String reason() {
            return reason;
        }
    }

    /**
     * Calls a method with named parameters and returns its result.
     *
     * @throws ErrorAnswer if the node refuses
     * @throws IOException if no answer comes, or one that is no JSON-RPC
     */
    public JsonNode call(String method, ObjectNode params) throws IOException, ErrorAnswer {
        return result(answer(request(1, method, params)));
    }

    /**
     * Calls a method once for each of the parameters, in one batch, and returns the results in their order.
     *
     * @param params at most {@value #MAX_BATCH}
     * @throws ErrorAnswer if the node refuses one of the calls
     * @throws IOException if no answer comes, or one that is no JSON-RPC
     */
    public List<JsonNode> callAll(String method, List<ObjectNode> params) throws IOException, ErrorAnswer {
        ArrayNode batch = Json.array();
        for (int i = 0; i < params.size(); i++) {
            batch.add(request(i, method, params.get(i)));
        }
        JsonNode[] results = new JsonNode[params.size()];
        for (JsonNode answer : answer(batch)) {
            int id = answer.path("id").asInt(-1);
            if (id < 0 || id >= results.length) {
                throw new IOException("an answer to a call that was not made");
            }
            results[id] = result(answer);
        }
        if (Arrays.asList(results).contains(null)) {
            throw new IOException("a call without an answer");
        }
        return List.of(results);
    }

    private static ObjectNode request(int id, String method, ObjectNode params) {
        ObjectNode request = Json.object().put("jsonrpc", "2.0").put("id", id).put("method", method);
        request.set("params", params);
        return request;
    }

    private JsonNode answer(JsonNode request) throws IOException {
        try {
            return Json.parse(exchange(Json.line(request).getBytes(StandardCharsets.UTF_8)));
        } catch (JacksonException e) {
            throw new IOException("an answer that is no JSON", e);
        }
    }

    private static JsonNode result(JsonNode answer) throws IOException, ErrorAnswer {
        JsonNode error = answer.path("error");
        if (error.isObject()) {
            JsonNode data = error.path("data");
            throw new ErrorAnswer(
                    data.path("reason").asString("unknown"),
                    data.path("detail").asString(error.path("message").asString("unknown error")));
        }
        if (!answer.has("result")) {
            throw new IOException("an answer that is no JSON-RPC 2.0");
        }
        return answer.path("result");
    }

    private String exchange(byte[] request) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(timeoutMillis);
        connection.setReadTimeout(timeoutMillis);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        // a fixed length also switches off the JDK's own, silent second try
        connection.setFixedLengthStreamingMode(request.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(request);
        }
        int status = connection.getResponseCode();
        InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        if (body == null) {
            throw new IOException("HTTP status " + status + " without an answer");
        }
        try (body) {
            byte[] bytes = body.readNBytes(MAX_ANSWER_BYTES + 1);
            if (bytes.length > MAX_ANSWER_BYTES) {
                throw new IOException("an answer of more than " + MAX_ANSWER_BYTES + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
