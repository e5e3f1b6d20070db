package synod.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.chain.Amount;
import synod.chain.LedgerRules;
import synod.chain.store.DiskException;
import synod.chain.validator.ValidatorSet;
import synod.consensus.pbft.PbftParameters;
import synod.consensus.pow.CompactBits;
import synod.consensus.pow.PowParameters;
import synod.crypto.DevelopmentKeys;
import synod.crypto.PublicKey;
import synod.genesis.Allocation;
import synod.genesis.EngineParameters;
import synod.genesis.Genesis;
import synod.genesis.GenesisFile;
import synod.node.config.ConfigException;
import synod.node.config.NodeConfig;
import synod.node.config.NodeKey;
import synod.node.disk.DataDirectoryException;

/** A whole node with real files and sockets: started, stopped, started again, and what it says when it cannot start. */
class NodeTest {
    private static final CompactBits EASY = new CompactBits(0x207fffff);
    private static final Pattern HEAD = Pattern.compile("\"height\":\"?(\\d+)\"?");

    @TempDir
    private Path directory;

    private Path genesis = Path.of("genesis.json");

    @BeforeEach
    void writeGenesis() throws IOException {
        genesis = genesis("node-test");
    }

    private Path genesis(String name) throws IOException {
        Genesis content = new Genesis(
                name,
                "nodetest",
                true,
                1_790_000_000_000L,
                new EngineParameters.Pow(new PowParameters(1_000, 60_000, EASY, EASY, 60_000, 11)),
                new LedgerRules(1 << 20, 1, Amount.ofCoins(50), 1_000, 5),
                List.of(new Allocation(DevelopmentKeys.address("alice"), Amount.ofCoins(1_000), Optional.of("alice"))));
        return Files.writeString(directory.resolve(name + ".json"), GenesisFile.write(content));
    }

    private NodeConfig config(Path genesisFile, int peerPort, boolean mines) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return new NodeConfig(
                "test",
                genesisFile,
                directory.resolve("data"),
                directory.resolve("node.key"),
                new NodeConfig.Peering(
                        new InetSocketAddress(loopback, peerPort), Optional.empty(), List.of(), 0, 4, true),
                new NodeConfig.Rpc(new InetSocketAddress(loopback, 0), Set.of()),
                mines
                        ? Optional.of(new NodeConfig.Mining(
                                DevelopmentKeys.address("bob").format("nodetest"),
                                1,
                                Optional.of(200L),
                                Optional.empty()))
                        : Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static String head(Node node) {
        return call(node, "ledger_getHead", "{}");
    }

    private static String call(Node node, String method, String params) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.rpcPort() + "/"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            assertThat(answer).contains("\"result\"");
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long height(String head) {
        Matcher height = HEAD.matcher(head);
        assertThat(height.find()).as(head).isTrue();
        return Long.parseLong(height.group(1));
    }

    @Test
    void goesOnWhereItStoppedAlsoWithoutItsIndex() throws Exception {
        try (Node node = Node.start(config(genesis, 0, true))) {
            Awaitility.await().until(() -> height(head(node)) >= 3);
        }
        NodeConfig observer = config(genesis, 0, false);
        String before;
        try (Node node = Node.start(observer)) {
            before = head(node);
            assertThat(height(before)).isGreaterThanOrEqualTo(3);
        }
        Node.discardIndex(observer);
        try (Node node = Node.start(observer)) {
            assertThat(head(node)).isEqualTo(before);
            assertThat(node.ended()).isNotDone();
        }
    }

    @Test
    void aMemberDecidesAloneAndWhatItDecidedIsFinalAfterARestart() throws Exception {
        PublicKey member = NodeKey.loadOrCreate(directory.resolve("node.key")).publicKey();
        Genesis content = new Genesis(
                "alone",
                "nodetest",
                true,
                System.currentTimeMillis(),
                new EngineParameters.Pbft(
                        new PbftParameters(500, 4_000, 20, 60_000), ValidatorSet.ofEqual(List.of(member))),
                new LedgerRules(1 << 20, 1, Amount.ZERO, 0, 0),
                List.of());
        NodeConfig config =
                config(Files.writeString(directory.resolve("alone.json"), GenesisFile.write(content)), 0, false);
        try (Node node = Node.start(config)) {
            Awaitility.await().until(() -> height(head(node)) >= 3);
        }
        try (Node node = Node.start(config)) {
            assertThat(height(head(node))).isGreaterThanOrEqualTo(3);
            assertThat(call(node, "ledger_getHeader", "{\"height\":3}"))
                    .contains("\"kind\":\"byzantine\"", "\"final\":true");
            assertThat(call(node, "ledger_getBlock", "{\"height\":3}"))
                    .contains("\"certificate\":{\"view\":0,\"members\":1,\"signers\":[\"" + member + "\"]}");
        }
    }

    @Test
    void closingTwiceIsClosingOnce() throws Exception {
        Node node = Node.start(config(genesis, 0, false));
        node.close();
        node.close();
        assertThat(node.ended()).isNotDone();
    }

    @Test
    void aDamagedIndexSaysToReindexAndReindexingMends() throws Exception {
        NodeConfig config = config(genesis, 0, false);
        String before;
        try (Node node = Node.start(config)) {
            before = head(node);
        }
        try (Stream<Path> files = Files.walk(directory.resolve("data/index"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(file, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
            }
        }
        assertThatThrownBy(() -> Node.start(config))
                .isInstanceOf(DiskException.class)
                .hasMessageContaining("synod node reindex");
        Node.discardIndex(config);
        try (Node node = Node.start(config)) {
            assertThat(head(node)).isEqualTo(before);
        }
    }

    @Test
    void anotherNetworksDataIsRefusedAndLeftAlone() throws Exception {
        NodeConfig config = config(genesis, 0, false);
        Node.start(config).close();
        assertThatThrownBy(() -> Node.start(config(genesis("another"), 0, false)))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("belongs to chain");
        Node.start(config).close();
    }

    @Test
    void aBusyPortIsNamedAndTheDirectoryReleased() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Node.start(config(genesis, busy.getLocalPort(), false)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(String.valueOf(busy.getLocalPort()));
        }
        Node.start(config(genesis, 0, false)).close();
    }

    @Test
    void oneNodeADirectory() throws Exception {
        NodeConfig config = config(genesis, 0, false);
        try (Node _ = Node.start(config)) {
            assertThatThrownBy(() -> Node.start(config)).isInstanceOf(DataDirectoryException.class);
        }
    }

    @Test
    void aGenesisFileThatIsMissingOrWrongHasItsSentence() throws Exception {
        assertThatThrownBy(() -> Node.start(config(directory.resolve("none.json"), 0, false)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("none.json");
        Path wrong = Files.writeString(directory.resolve("wrong.json"), "{}");
        assertThatThrownBy(() -> Node.start(config(wrong, 0, false)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("wrong.json");
    }
}
