package synod.testnet.network;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The operating-system process of one node. It is known by its command line, which names the node's configuration, so a
 * number that another process got since is never mistaken for it.
 */
public final class NodeProcess {
    /** A log longer than this is put aside when the node starts. */
    private static final long MAX_LOG_BYTES = 16L << 20;

    private static final long POLL_MILLIS = 20;
    private static final List<Path> SETSID = List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));

    private final ProcessHandle handle;
    private final NodeDirectory node;

    private NodeProcess(ProcessHandle handle, NodeDirectory node) {
        this.handle = handle;
        this.node = node;
    }

    /**
     * The node's process, if it lives.
     *
     * @param recorded where to look first; the whole table of processes is searched if it is not there, for the command
     *     that started the node may have died before it could write the number down
     */
    static Optional<NodeProcess> find(NodeDirectory node, Optional<Long> recorded) {
        return recorded.flatMap(ProcessHandle::of)
                .filter(handle -> runs(handle, node))
                .or(() -> ProcessHandle.allProcesses()
                        .filter(handle -> runs(handle, node))
                        .findFirst())
                .map(handle -> new NodeProcess(handle, node));
    }

    private static boolean runs(ProcessHandle handle, NodeDirectory node) {
        List<String> words = ProcessTable.commandLine(handle);
        List<String> ours = NodeProgram.arguments(node.config());
        int first = words.size() - ours.size();
        return first >= 0 && words.subList(first, words.size()).equals(ours);
    }

    /** Starts the node in a session of its own, so that it survives the terminal; its output goes to its log. */
    static NodeProcess start(NodeProgram program, NodeDirectory node) {
        List<String> command = new ArrayList<>();
        SETSID.stream().filter(Files::isExecutable).findFirst().ifPresent(setsid -> command.add(setsid.toString()));
        command.addAll(program.command());
        command.addAll(NodeProgram.arguments(node.config()));
        try {
            rotate(node.log());
            Process process = new ProcessBuilder(command)
                    .directory(node.path().toFile())
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(node.log().toFile()))
                    .start();
            return new NodeProcess(process.toHandle(), node);
        } catch (IOException e) {
            throw TestnetException.failure("Cannot start node " + node.name() + ": " + e.getMessage(), e);
        }
    }

    private static void rotate(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
            Files.move(log, log.resolveSibling("node.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    long pid() {
        return handle.pid();
    }

    /** Whether the process is still there; one that has died but was not yet waited for is not. */
    boolean isAlive() {
        return handle.isAlive() && !ProcessTable.isZombie(pid());
    }

    /** How long the process has been there. */
    Duration age() {
        return handle.info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()))
                .orElse(Duration.ZERO);
    }

    /** Whether it was stopped by a signal and stands still. */
    boolean isPaused() {
        return ProcessTable.isStopped(pid());
    }

    /** Asks it to end (SIGTERM), also if it is paused: it takes the signal when it goes on. */
    void terminate() {
        handle.destroy();
        if (isPaused()) {
            resume();
        }
    }

    /** Ends it without warning (SIGKILL). */
    void kill() {
        handle.destroyForcibly();
    }

    /** Makes it stand still (SIGSTOP). */
    void pause() {
        signal("STOP");
    }

    /** Lets it go on (SIGCONT). */
    void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        if (!isAlive()) {
            throw TestnetException.failure("Node " + node.name() + " has just ended.");
        }
        // kill is a builtin of every shell; as a program it may be missing
        try {
            Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid())
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (kill.waitFor() != 0) {
                throw TestnetException.failure(
                        "Cannot send SIG" + name + " to node " + node.name() + ": " + answer.strip());
            }
        } catch (IOException e) {
            throw TestnetException.failure("Cannot send SIG" + name + " to node " + node.name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestnetException(ExitCode.INTERRUPTED, "Interrupted.", e);
        }
    }

    /** Waits for the end; returns whether it came in time. */
    boolean awaitEnd(Duration patience) {
        Deadline deadline = Deadline.in(patience);
        while (isAlive()) {
            if (deadline.passed()) {
                return false;
            }
            Deadline.pause(POLL_MILLIS);
        }
        return true;
    }
}
