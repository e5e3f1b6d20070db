package synod.testnet.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.testnet.network.Json;
import tools.jackson.databind.JsonNode;

/** The commands on real processes, which are fake nodes. */
class TestnetCommandsTest {
    @TempDir
    private Path temporary;

    private Path directory;
    private Shell shell;

    @BeforeEach
    void openShell() {
        directory = temporary.resolve("net");
        shell = new Shell(directory);
    }

    @AfterEach
    void endProcesses() {
        shell.type("reset", "--yes");
    }

    private Shell.Outcome up(String... more) {
        String[] words = new String[more.length + 4];
        List.of("up", "--nodes", "2", "--json").toArray(words);
        System.arraycopy(more, 0, words, 4, more.length);
        Shell.Outcome outcome = shell.type(words);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome;
    }

    private String head(String name) {
        return shell.node(name).path("head").asString();
    }

    @Test
    void upMakesANetworkAndReturnsWithItsNodesRunning() {
        JsonNode network = up().json();
        assertThat(network.path("engine").asString()).isEqualTo("pow");
        assertThat(network.path("chainId").asString()).matches("[0-9a-f]{64}");
        assertThat(network.path("accounts").get(0).path("name").asString()).isEqualTo("alice");
        assertThat(network.path("accounts").get(0).path("address").asString()).contains("1");
        assertThat(network.path("nodes").size()).isEqualTo(2);
        for (JsonNode node : network.path("nodes")) {
            assertThat(node.path("state").asString()).isEqualTo("running");
            assertThat(node.path("peers").asInt()).isEqualTo(1);
            assertThat(node.path("rpc").asString()).startsWith("http://127.0.0.1:");
            assertThat(ProcessHandle.of(node.path("pid").asLong())).isPresent();
        }
    }

    @Test
    void theEngineThatWasNamedOnceIsRemembered() {
        JsonNode network = up("--engine", "pbft").json();
        assertThat(network.path("engine").asString()).isEqualTo("pbft");
        assertThat(shell.type("down").exitCode()).isZero();
        assertThat(up().json().path("engine").asString()).isEqualTo("pbft");
        assertThat(shell.type("up", "--engine", "pow").err()).contains("runs under pbft, not pow");
    }

    @Test
    void anEngineThatIsNotThereIsRefused() {
        Shell.Outcome outcome = shell.type("up", "--engine", "pbtf");
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("There is no engine 'pbtf'; there are pow, pbft, pos.");
    }

    @Test
    void upMakesNothingWhenAnOptionDoesNotFitTheEngine() {
        assertThat(shell.type("up", "--byzantine", "n1=silent").err()).contains("--byzantine goes with --engine pbft");
        assertThat(shell.type("up", "--engine", "pbft", "--byzantine", "n1=shy").err())
                .contains("There is no strategy 'shy'");
        assertThat(shell.type("up", "--engine", "pbft", "--stratum").err())
                .contains("--stratum goes with --engine pow");
        assertThat(directory).doesNotExist();
    }

    @Test
    void downKeepsTheDataAndTheNextUpGoesOnWithThem() {
        JsonNode before = up().json();
        String head = head("n1");
        assertThat(shell.type("down").exitCode()).isZero();
        assertThat(shell.nodes()).allSatisfy(node -> {
            assertThat(node.path("state").asString()).isEqualTo("stopped");
            assertThat(node.path("pid").isNull()).isTrue();
            assertThat(node.path("height").isNull()).isTrue();
        });
        JsonNode after = up().json();
        assertThat(after.path("chainId")).isEqualTo(before.path("chainId"));
        assertThat(head("n1")).isEqualTo(head);
    }

    @Test
    void upOnARunningNetworkSaysSoAndStartsNothing() {
        JsonNode before = up().json();
        Shell.Outcome again = up();
        assertThat(again.err()).contains("runs already");
        assertThat(again.json().path("nodes").get(0).path("pid"))
                .isEqualTo(before.path("nodes").get(0).path("pid"));
    }

    @Test
    void upRefusesWhatTheNetworkIsNot() {
        up("--detach");
        assertThat(shell.type("up", "--nodes", "3"))
                .satisfies(outcome -> assertThat(outcome.exitCode()).isEqualTo(2))
                .satisfies(
                        outcome -> assertThat(outcome.err()).contains("has 2 nodes, not 3", "add", "reset", "--dir"));
        assertThat(shell.type("up", "--engine", "raft").err()).contains("runs under pow, not raft");
        assertThat(shell.type("up", "--preset", "slow").err()).contains("not preset slow");
    }

    @Test
    void killedNodesCountAsDeadUntilTheyAreStarted() {
        up();
        String head = head("n2");
        long pid = shell.node("n2").path("pid").asLong();
        assertThat(shell.type("kill", "n2").exitCode()).isZero();
        assertThat(shell.state("n2")).isEqualTo("dead");
        assertThat(shell.state("n1")).isEqualTo("running");
        assertThat(shell.type("start", "n2").exitCode()).isZero();
        assertThat(shell.state("n2")).isEqualTo("running");
        assertThat(head("n2")).isEqualTo(head);
        assertThat(shell.node("n2").path("pid").asLong()).isNotEqualTo(pid);
        assertThat(shell.type("start", "n2").err()).contains("runs already");
    }

    @Test
    void pausedNodesStandStillUntilTheyAreResumed() {
        up();
        assertThat(shell.type("pause", "n1").exitCode()).isZero();
        assertThat(shell.state("n1")).isEqualTo("paused");
        assertThat(shell.type("pause", "n1").err()).contains("stands still already");
        assertThat(shell.type("resume", "n1").exitCode()).isZero();
        assertThat(shell.state("n1")).isEqualTo("running");
        assertThat(shell.type("resume", "n1").exitCode()).isEqualTo(1);
    }

    @Test
    void downEndsPausedNodesToo() {
        up();
        shell.type("pause", "n1");
        Shell.Outcome down = shell.type("down");
        assertThat(down.err()).isEmpty();
        assertThat(down.out()).contains("Stopped n1, n2");
    }

    @Test
    void aNodeAddedLaterKnowsTheOthers() {
        up();
        assertThat(shell.type("add", "n3").exitCode()).isZero();
        assertThat(shell.node("n3").path("peers").asInt()).isEqualTo(2);
        assertThat(shell.type("add", "n3").err()).contains("There is a node n3 already");
        assertThat(shell.type("add", "../n4").exitCode()).isEqualTo(2);
    }

    @Test
    void busyPortsAreShiftedAndTheOthersLearnOfIt() throws IOException {
        up();
        int port = rpcPort("n1");
        shell.type("down");
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            Shell.Outcome outcome = up();
            assertThat(outcome.err()).contains("Port " + port + " is busy: n1 answers JSON-RPC on ");
            assertThat(rpcPort("n1")).isNotEqualTo(port);
            assertThat(shell.state("n1")).isEqualTo("running");
        }
    }

    private int rpcPort(String name) {
        String rpc = shell.node(name).path("rpc").asString();
        return Integer.parseInt(rpc.substring(rpc.lastIndexOf(':') + 1));
    }

    @Test
    void showsWhatANodePrintedThatEndsAtOnce() throws IOException {
        up("--detach");
        shell.type("down");
        Files.writeString(directory.resolve("nodes/n2/refuse"), "The data directory belongs to another network.");
        Shell.Outcome outcome = shell.type("up");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("Node n2 ended as soon as it was started", "belongs to another network", "node.log");
        assertThat(shell.state("n2")).isEqualTo("dead");
    }

    @Test
    void writesADamagedDescriptionAnewAndFindsTheRunningNodes() throws IOException {
        JsonNode before = up().json();
        Files.writeString(directory.resolve("testnet.json"), "{\"nodes\": [{");
        Shell.Outcome damaged = shell.type("status");
        assertThat(damaged.exitCode()).isEqualTo(1);
        assertThat(damaged.err()).contains("testnet.json does not describe a testnet", "up writes it anew");
        assertThat(up().json().path("nodes").get(1).path("pid"))
                .isEqualTo(before.path("nodes").get(1).path("pid"));
    }

    @Test
    void neverTakesAnotherProcessForANode() throws IOException {
        up();
        shell.type("kill", "n1");
        Path file = directory.resolve("testnet.json");
        long dead = Json.parse(Files.readString(file))
                .path("nodes")
                .get(0)
                .path("pid")
                .asLong();
        // as if the number had been given to this very test since
        long own = ProcessHandle.current().pid();
        Files.writeString(file, Files.readString(file).replace(": " + dead, ": " + own));
        assertThat(Files.readString(file)).contains(": " + own);
        assertThat(shell.state("n1")).isEqualTo("dead");
        assertThat(shell.type("kill", "n1").err()).contains("does not run");
    }

    @Test
    void resetDeletesOnlyWhatItMade() throws IOException {
        up("--detach");
        Files.writeString(directory.resolve("notes.txt"), "mine");
        assertThat(shell.type("reset", "--yes").exitCode()).isZero();
        try (var left = Files.list(directory)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("notes.txt");
        }
    }

    @Test
    void resetAsksAtATerminalAndRefusesWithoutOne() {
        up("--detach");
        Shell.Outcome refused = shell.type("reset");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("--yes");
        assertThat(shell.type(Optional.of(_ -> Optional.of("no")), "reset").exitCode())
                .isEqualTo(1);
        assertThat(shell.nodes()).hasSize(2);
        assertThat(shell.type(Optional.of(_ -> Optional.of("y")), "reset").exitCode())
                .isZero();
        assertThat(directory).doesNotExist();
    }

    @Test
    void logsShowTheLastLines() {
        up();
        assertThat(shell.type("logs", "n1", "-n", "1").out()).contains("listening");
        assertThat(shell.type("logs", "n9").err()).contains("There is no node 'n9' here; there are n1, n2.");
    }

    @Test
    void saysSoWhereThereIsNoNetwork() {
        assertThat(shell.type("status").exitCode()).isEqualTo(5);
        assertThat(shell.type("status").err()).contains("There is no testnet in " + directory, "up makes one");
        assertThat(shell.type("kill", "n1").exitCode()).isEqualTo(5);
        assertThat(shell.type("down").exitCode()).isZero();
        assertThat(shell.type("reset").exitCode()).isZero();
        assertThat(shell.type("up", "--engine", "raft").exitCode()).isEqualTo(2);
        assertThat(shell.type("up", "--nodes", "0").exitCode()).isEqualTo(2);
        assertThat(shell.type("fly").exitCode()).isEqualTo(2);
        assertThat(directory).doesNotExist();
    }
}
