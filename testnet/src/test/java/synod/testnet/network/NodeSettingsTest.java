package synod.testnet.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.node.config.ConfigException;
import synod.node.config.NodeConfig;
import synod.node.config.NodeConfigFile;

class NodeSettingsTest {
    private static final String PEER = "ab".repeat(32) + "@127.0.0.1:26002";

    @TempDir
    private Path temporary;

    private NodeDirectory node;

    @BeforeEach
    void choose() {
        node = new NodeDirectory("n1", temporary);
    }

    @Test
    void areWhatANodeReads() throws ConfigException {
        NodeSettings settings = NodeSettings.create(node, 26_001, 26_101, Optional.of("dev1payout"));
        settings.peers(List.of(PEER));
        settings.save();
        NodeConfig config = NodeConfigFile.read(node.config());
        assertThat(config.name()).isEqualTo("n1");
        assertThat(config.peering().listen().getPort()).isEqualTo(26_001);
        assertThat(config.peering().staticPeers()).hasSize(1);
        assertThat(config.peering().allowLocalAddresses()).isTrue();
        assertThat(config.rpc().listen().getPort()).isEqualTo(26_101);
        assertThat(config.mining().orElseThrow().payout()).isEqualTo("dev1payout");
        assertThat(config.keyFile()).isEqualTo(node.key());
        assertThat(config.dataDirectory()).isEqualTo(node.data());
    }

    @Test
    void leaveOutMiningForAnObserver() throws ConfigException {
        NodeSettings.create(node, 26_001, 26_101, Optional.empty()).save();
        assertThat(NodeConfigFile.read(node.config()).mining()).isEmpty();
    }

    @Test
    void keepWhatAPersonChanged() throws IOException, ConfigException {
        NodeSettings.create(node, 26_001, 26_101, Optional.of("dev1payout")).save();
        Files.writeString(node.config(), Files.readString(node.config()).replace("50000", "70000"));
        NodeSettings changed = NodeSettings.load(node);
        changed.listen(26_005, 26_105);
        changed.save();
        NodeConfig config = NodeConfigFile.read(node.config());
        assertThat(config.mining().orElseThrow().maxHashesPerSecond()).contains(70_000L);
        assertThat(config.peering().listen().getPort()).isEqualTo(26_005);
        assertThat(NodeSettings.load(node).rpcPort()).isEqualTo(26_105);
    }

    @Test
    void areRefusedWithASentenceIfDamaged() throws IOException {
        Files.writeString(node.config(), "{\"p2p\": {\"listen\": \"here\"}}");
        assertThatThrownBy(() -> NodeSettings.load(node))
                .isInstanceOf(TestnetException.class)
                .hasMessageContaining("node.json")
                .hasMessageContaining("p2p.listen is 'here'");
        Files.writeString(node.config(), "{");
        assertThatThrownBy(() -> NodeSettings.load(node)).hasMessageContaining("reset");
    }
}
