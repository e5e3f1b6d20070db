package synod.testnet.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Calls JSON-RPC 2.0 methods of one node. */
public final class NodeRpc {
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
        ObjectNode request = Json.object().put("jsonrpc", "2.0").put("id", 1).put("method", method);
        request.set("params", params);
        JsonNode answer;
        try {
            answer = Json.parse(exchange(Json.line(request).getBytes(StandardCharsets.UTF_8)));
        } catch (JacksonException e) {
            throw new IOException("an answer that is no JSON", e);
        }
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
