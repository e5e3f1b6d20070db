package synod.testnet.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import synod.testnet.network.NodeProgram;

/**
 * A program that looks like a node from outside: it listens on its ports and answers every request as if it were {@code
 * consensus_getStatus}. A file {@code refuse} in its directory makes it end at once with the sentence in it. It uses as
 * little of Java as it can, because tests start it often.
 */
public final class FakeNode {
    private static final int CONNECT_MILLIS = 1_000;

    private final Path directory;
    private final String config;
    private final String head;

    private FakeNode(Path file) throws IOException {
        this.directory = file.resolveSibling("");
        this.config = Files.readString(file);
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
        node.serve();
    }

    private void serve() throws IOException {
        List<Integer> listening = ports("\"listen\"[^,}]*:(\\d+)\"");
        ServerSocket p2p = new ServerSocket(listening.get(0), 50, InetAddress.getLoopbackAddress());
        ServerSocket rpc = new ServerSocket(listening.get(1), 50, InetAddress.getLoopbackAddress());
        System.out.println("listening for peers on " + p2p.getLocalPort());
        // whoever connects must be taken off the queue, or after some dozens nobody can connect any more
        Thread.ofPlatform().daemon().start(() -> takePeers(p2p));
        while (true) {
            try (Socket client = rpc.accept()) {
                answer(client);
            } catch (IOException e) {
                System.out.println("a client went away: " + e.getMessage());
            }
        }
    }

    private static void takePeers(ServerSocket p2p) {
        while (true) {
            try {
                p2p.accept().close();
            } catch (IOException e) {
                System.out.println("a peer went away: " + e.getMessage());
            }
        }
    }

    private void answer(Socket client) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
        int length = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring(line.indexOf(' ') + 1));
            }
        }
        for (int i = 0; i < length; i++) {
            in.read();
        }
        String body =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"engine\":\"pow\",\"role\":\"miner\",\"activity\":\"searches\","
                        + "\"height\":7,\"head\":\"" + head + "\",\"stateRoot\":\"00\",\"peers\":" + reachablePeers()
                        + "}}";
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body;
        client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
    }

    private int reachablePeers() {
        int reachable = 0;
        for (int port : ports("@127\\.0\\.0\\.1:(\\d+)")) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
                reachable++;
            } catch (IOException e) {
                // this peer does not run
                continue;
            }
        }
        return reachable;
    }

    private List<Integer> ports(String pattern) {
        List<Integer> ports = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(config);
        while (matcher.find()) {
            ports.add(Integer.parseInt(matcher.group(1)));
        }
        return ports;
    }

    /** What starts it. */
    static NodeProgram program() {
        return new NodeProgram(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx32m",
                "-cp",
                System.getProperty("java.class.path"),
                FakeNode.class.getName()));
    }
}
