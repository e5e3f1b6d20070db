package synod.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import synod.crypto.SigningKey;

/** Config files and keys that are right, and what is said of those that are wrong. */
class NodeConfigTest {
    @TempDir
    private Path directory;

    private NodeConfig read(String json) throws ConfigException, IOException {
        return NodeConfigFile.read(Files.writeString(directory.resolve("node.json"), json));
    }

    @Test
    void theShortestFileGetsTheDefaults() throws ConfigException, IOException {
        NodeConfig config = read("{\"genesis\": \"genesis.json\"}");
        assertThat(config.name()).isEqualTo("node");
        assertThat(config.genesis()).isEqualTo(directory.resolve("genesis.json"));
        assertThat(config.dataDirectory()).isEqualTo(directory.resolve("data"));
        assertThat(config.keyFile()).isEqualTo(directory.resolve("node.key"));
        assertThat(config.peering().listen().getAddress().isLoopbackAddress()).isTrue();
        assertThat(config.rpc().listen().getAddress().isLoopbackAddress()).isTrue();
        assertThat(config.mining()).isEmpty();
    }

    @Test
    void everyFieldIsRead() throws ConfigException, IOException {
        NodeConfig config = read("""
                {"name": "n1", "genesis": "/g.json", "dataDir": "/d", "key": "../k",
                 "p2p": {"listen": "[::1]:7", "advertise": "192.0.2.1", "peers": ["192.0.2.2:1"],
                         "targetOutbound": 3, "maxInbound": 4, "allowLocalAddresses": true},
                 "rpc": {"listen": "127.0.0.1:0", "hostNames": ["a", "b"]},
                 "mining": {"payout": "x", "threads": 2, "maxHashesPerSecond": 5}}
                """);
        assertThat(config.genesis()).isEqualTo(Path.of("/g.json"));
        assertThat(config.keyFile()).isEqualTo(directory.resolveSibling("k"));
        assertThat(config.peering().listen().getPort()).isEqualTo(7);
        assertThat(config.peering().advertisedHost()).contains("192.0.2.1");
        assertThat(config.peering().staticPeers()).hasSize(1);
        assertThat(config.peering().targetOutbound()).isEqualTo(3);
        assertThat(config.peering().maxInbound()).isEqualTo(4);
        assertThat(config.peering().allowLocalAddresses()).isTrue();
        assertThat(config.rpc().hostNames()).containsExactly("a", "b");
        assertThat(config.mining())
                .hasValueSatisfying(mining -> assertThat(mining.threads()).isEqualTo(2));
        assertThat(config.mining().orElseThrow().maxHashesPerSecond()).contains(5L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{                                                  | is not JSON",
                "{\"genesis\": \"g\"} x                             | is not JSON",
                "{\"genesis\": \"g\", \"genesis\": \"h\"}           | is not JSON",
                "[]                                                 | the file must be an object",
                "null                                               | the file must be an object",
                "{}                                                 | 'genesis' is missing",
                "{\"genesis\": 3}                                   | 'genesis' must be text",
                "{\"genesis\": \"g\", \"gensis\": 1}                | there is no field 'gensis'",
                "{\"genesis\": \"g\", \"p2p\": 1}                   | 'p2p' must be an object",
                "{\"genesis\": \"g\", \"p2p\": {\"port\": 1}}       | there is no field 'p2p.port'",
                "{\"genesis\": \"g\", \"p2p\": {\"listen\": \"x\"}} | 'x' is not an address to listen on",
                "{\"genesis\": \"g\", \"p2p\": {\"listen\": \"127.0.0.1:65536\"}} | is not an address to listen on",
                "{\"genesis\": \"g\", \"p2p\": {\"peers\": \"a:1\"}} | 'p2p.peers' must be a list",
                "{\"genesis\": \"g\", \"p2p\": {\"peers\": [1]}}    | 'p2p.peers' must hold texts only",
                "{\"genesis\": \"g\", \"p2p\": {\"peers\": [\"a\"]}} | 'a' is no peer address",
                "{\"genesis\": \"g\", \"p2p\": {\"maxInbound\": -1}} | 'p2p.maxInbound' must be a whole number from 0 to 1024",
                "{\"genesis\": \"g\", \"p2p\": {\"maxInbound\": 1.5}} | 'p2p.maxInbound' must be a whole number",
                "{\"genesis\": \"g\", \"p2p\": {\"maxInbound\": 99999999999999999999}} | 'p2p.maxInbound' must be a whole number",
                "{\"genesis\": \"g\", \"p2p\": {\"allowLocalAddresses\": \"yes\"}} | 'p2p.allowLocalAddresses' must be true or false",
                "{\"genesis\": \"g\", \"mining\": {}}               | 'mining.payout' is missing",
                "{\"genesis\": \"g\", \"mining\": []}               | 'mining' must be an object",
                "{\"genesis\": \"g\", \"mining\": {\"payout\": \"p\", \"threads\": -1}} | 'mining.threads' must be a whole number from 0 to 256"
            })
    void eachFaultHasItsSentence(String json, String sentence) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("The config file " + directory.resolve("node.json"))
                .hasMessageContaining(sentence)
                .hasMessageEndingWith(".");
    }

    @Test
    void aMissingFileSaysHowToMakeOne() {
        assertThatThrownBy(() -> NodeConfigFile.read(directory.resolve("none.json")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("none.json")
                .hasMessageContaining("synod node init");
    }

    @Test
    void aNewKeyIsItsOwnersAloneAndStays() throws ConfigException, IOException {
        Path file = directory.resolve("deep/node.key");
        SigningKey key = NodeKey.loadOrCreate(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(NodeKey.loadOrCreate(file).publicKey()).isEqualTo(key.publicKey());
    }

    @Test
    void aKeyThatOthersMayReadIsRefused() throws ConfigException, IOException {
        Path file = directory.resolve("node.key");
        NodeKey.loadOrCreate(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> NodeKey.loadOrCreate(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("chmod 600");
    }

    @ParameterizedTest
    @CsvSource({"''", "abc", "ABCDEF"})
    void aFileThatHoldsNoKeyIsNotOverwritten(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("node.key"), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> NodeKey.loadOrCreate(file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("64 hexadecimal digits");
        assertThat(file).hasContent(content);
    }
}
