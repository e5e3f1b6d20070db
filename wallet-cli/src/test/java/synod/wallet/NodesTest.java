package synod.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which node a command asks. */
class NodesTest {
    private final FakeNode node = new FakeNode();

    @TempDir
    private Path home;

    @AfterEach
    void stopNode() {
        node.close();
    }

    @Test
    void asksTheRunningTestnetOfTheUsualDirectory() throws IOException {
        describeTestnet(home.resolve("synod").resolve("testnet"), node.url());

        assertThat(new Shell(home).run("balance", "alice").exitCode()).isZero();
    }

    @Test
    void asksTheTestnetInTheDirectoryOfTheVariable() throws IOException {
        Path directory = describeTestnet(home.resolve("elsewhere"), node.url());
        Shell shell = new Shell(home).with(Nodes.TESTNET_VARIABLE, directory.toString());

        assertThat(shell.run("balance", "alice").exitCode()).isZero();
    }

    @Test
    void takesTheDirectoryOfTheCommandBeforeTheVariables() throws IOException {
        Path directory = describeTestnet(home.resolve("elsewhere"), node.url());
        Shell shell = new Shell(home).with(Nodes.RPC_VARIABLE, "http://127.0.0.1:1/");

        assertThat(shell.run("balance", "alice", "--dir", directory.toString()).exitCode())
                .isZero();
    }

    @Test
    void takesTheUrlOfTheCommandBeforeAllElse() {
        Shell shell = new Shell(home)
                .with(Nodes.RPC_VARIABLE, "http://127.0.0.1:1/")
                .with(Nodes.TESTNET_VARIABLE, "/nowhere");

        assertThat(shell.run("balance", "alice", "--rpc", node.url()).exitCode())
                .isZero();
    }

    @Test
    void asksTheNextNodeOfTheTestnetWhenOneIsDown() throws IOException {
        describeTestnet(home.resolve("synod").resolve("testnet"), "http://127.0.0.1:1", node.url());

        assertThat(new Shell(home).run("balance", "alice").exitCode()).isZero();
    }

    @Test
    void saysHowToStartATestnetWhenThereIsNone() {
        Shell.Ran ran = new Shell(home).run("balance", "alice");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(ran.err()).contains("No testnet runs in " + home, "./synod testnet up", "--rpc");
    }

    @Test
    void saysHowToStartATestnetWhenItsNodesAreDown() throws IOException {
        describeTestnet(home.resolve("synod").resolve("testnet"), "http://127.0.0.1:1", "http://127.0.0.1:2");

        Shell.Ran ran = new Shell(home).run("balance", "alice");

        assertThat(ran.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(ran.err())
                .contains("http://127.0.0.1:1/ (", "http://127.0.0.1:2/ (", "refused", "./synod testnet up");
    }

    @Test
    void namesADamagedDescription() throws IOException {
        Path directory = Files.createDirectories(home.resolve("broken"));
        Files.writeString(directory.resolve("testnet.json"), "{\"nodes\":[{\"name\":\"n1\"}]}");

        Shell.Ran ran = new Shell(home).run("balance", "alice", "--dir", directory.toString());

        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILURE);
        assertThat(ran.err()).contains("testnet.json does not describe a testnet", "'rpc' is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8545", "ftp://localhost/", "http:///x", "not a url", ""})
    void refusesWhatIsNoUrl(String url) {
        Shell.Ran ran = new Shell(home).run("balance", "alice", "--rpc", url);

        assertThat(ran.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("is not a node's URL");
    }

    private static Path describeTestnet(Path directory, String... urls) throws IOException {
        Files.createDirectories(directory);
        StringBuilder nodes = new StringBuilder();
        for (String url : urls) {
            nodes.append(nodes.isEmpty() ? "" : ",")
                    .append("{\"name\":\"n\",\"rpc\":\"")
                    .append(url)
                    .append("\",\"pid\":1}");
        }
        Files.writeString(
                directory.resolve("testnet.json"),
                "{\"engine\":\"pow\",\"chainId\":\"" + FakeNode.CHAIN + "\",\"nodes\":[" + nodes
                        + "],\"accounts\":[]}");
        return directory;
    }
}
