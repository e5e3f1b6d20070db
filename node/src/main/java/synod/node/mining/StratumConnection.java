package synod.node.mining;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Lines of JSON to and from a server. Any thread may send. */
final class StratumConnection implements AutoCloseable {
    private static final int MAX_LINE_BYTES = 256 << 10;
    private static final int CONNECT_MILLIS = 10_000;

    /** Servers give out a job at least every two minutes, or miners take them for dead. */
    private static final int SILENCE_MILLIS = 120_000;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    StratumConnection(StratumUrl url) throws IOException {
        socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(url.host(), url.port()), CONNECT_MILLIS);
            socket.setSoTimeout(SILENCE_MILLIS);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Sends a request. */
    synchronized void request(long id, String method, Object... parameters) throws IOException {
        ObjectNode line = MAPPER.createObjectNode().put("id", id).put("method", method);
        line.set("params", MAPPER.valueToTree(parameters));
        send(line);
    }

    /** Answers a request of the server's. */
    synchronized void reply(JsonNode id, String result) throws IOException {
        ObjectNode line = MAPPER.createObjectNode().put("result", result).putNull("error");
        line.set("id", id);
        send(line);
    }

    private void send(ObjectNode line) throws IOException {
        out.write((MAPPER.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /**
     * The next line.
     *
     * @throws IOException if there is none any more, or none for two minutes, or it is too long
     * @throws tools.jackson.core.JacksonException if it is not JSON
     */
    JsonNode receive() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the server closed the connection");
            }
            if (line.size() == MAX_LINE_BYTES) {
                throw new IOException("a line of more than " + MAX_LINE_BYTES + " bytes");
            }
            line.write(next);
        }
        return MAPPER.readTree(line.toByteArray());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
