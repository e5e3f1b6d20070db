package synod.testnet.command;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import synod.testnet.network.Json;
import synod.testnet.network.NodeProgram;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program that looks like a node from outside: it listens on its ports and answers {@code consensus_getStatus}. Files
 * in its directory make it misbehave: {@code refuse} holds a sentence to end with at once, {@code stubborn} makes it
 * ignore SIGTERM.
 */
final class FakeNode {
    private final Path directory;
    private final JsonNode config;
    private final String head;

    private FakeNode(Path file) throws IOException {
        this.directory = file.getParent();
        this.config = Json.parse(Files.readString(file));
        Path headFile = directory.resolve("head");
        if (!Files.exists(headFile)) {
            Files.writeString(headFile, Long.toHexString(System.nanoTime()));
        }
        this.head = Files.readString(headFile);
    }

    /** Started as {@code run --config FILE}. */
    public static void main(String[] args) throws IOException {
        FakeNode node = new FakeNode(Path.of(args[2]));
        Path refuse = node.directory.resolve("refuse");
        if (Files.exists(refuse)) {
            System.err.println(Files.readString(refuse));
            System.exit(1);
        }
        if (Files.exists(node.directory.resolve("stubborn"))) {
            Runtime.getRuntime().addShutdownHook(new Thread(FakeNode::neverEnd));
        }
        node.serve();
    }

    private static void neverEnd() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve() throws IOException {
        ServerSocket p2p = new ServerSocket(port("p2p"), 50, InetAddress.getLoopbackAddress());
        HttpServer rpc = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port("rpc")), 50);
        rpc.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            ObjectNode answer = Json.object().put("jsonrpc", "2.0").put("id", 1);
            answer.set("result", status());
            byte[] bytes = Json.line(answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        rpc.start();
        System.out.println("listening, peers on " + p2p.getLocalPort());
        while (true) {
            p2p.accept().close();
        }
    }

    private ObjectNode status() {
        return Json.object()
                .put("engine", "pow")
                .put("role", "miner")
                .put("activity", "searches")
                .put("height", 7)
                .put("head", head)
                .put("stateRoot", "00")
                .put("peers", reachablePeers());
    }

    private int reachablePeers() {
        int reachable = 0;
        for (JsonNode peer : config.path("p2p").path("peers")) {
            String address = peer.asString();
            int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                        (int) Duration.ofSeconds(1).toMillis());
                reachable++;
            } catch (IOException e) {
                continue;
            }
        }
        return reachable;
    }

    private int port(String section) {
        String address = config.path(section).path("listen").asString();
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** What starts it. */
    static NodeProgram program() {
        return new NodeProgram(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                FakeNode.class.getName()));
    }
}
