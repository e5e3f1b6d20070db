package synod.testnet.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Starts nodes' processes on ports that no other network takes from them meanwhile. */
final class Startup {
    private static final Duration TIME_TO_BIND = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 25;

    private final Supplier<NodeProgram> program;
    private final NetworkFiles files;
    private final Consumer<String> notice;

    Startup(Supplier<NodeProgram> program, NetworkFiles files, Consumer<String> notice) {
        this.program = program;
        this.files = files;
        this.notice = notice;
    }

    /** Starts the nodes, and returns when each of them listens or has ended. */
    List<StartedNode> start(List<NodeDirectory> nodes) {
        if (nodes.isEmpty()) {
            return List.of();
        }
        NodeProgram found = program.get();
        // two networks that start at once would otherwise find the same ports free
        try (FileChannel ports = FileChannel.open(portLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ports.lock();
            files.arrange(nodes, notice);
            List<StartedNode> started = new ArrayList<>();
            for (NodeDirectory node : nodes) {
                NodeLog log = new NodeLog(node).skipToEnd();
                NodeProgram fit = NodeSettings.load(node).minesAtFullSpeed() ? found.withVectors() : found;
                started.add(new StartedNode(node, NodeProcess.start(fit, node), log));
            }
            awaitPorts(started);
            return started;
        } catch (IOException e) {
            throw TestnetException.failure("Cannot lock " + portLock() + ": " + e.getMessage(), e);
        }
    }

    private static Path portLock() {
        return Path.of(System.getProperty("java.io.tmpdir"), "synod-ports-" + System.getProperty("user.name"));
    }

    private static void awaitPorts(List<StartedNode> started) {
        Deadline deadline = Deadline.in(TIME_TO_BIND);
        for (StartedNode one : started) {
            int port = NodeSettings.load(one.directory()).rpcPort();
            while (one.process().isAlive() && !isOpen(port) && !deadline.passed()) {
                Deadline.pause(POLL_MILLIS);
            }
        }
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
