package synod.genesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import synod.chain.BlockHeader;

/** The example file of docs/running-a-network.md is valid, and docs/protocol.md says to the byte what it comes to. */
class GenesisVectorsTest {
    private static final Path DOCS = Path.of("../docs");

    @Test
    void theExampleFileComesToTheBytesOfTheProtocolDocument() throws IOException {
        Genesis genesis = GenesisFile.parse(exampleFile().getBytes(StandardCharsets.UTF_8));
        BlockHeader header = genesis.block0().header();
        assertThat(protocol())
                .contains(hex(genesis.encode()))
                .contains(genesis.digest().toString())
                .contains(header.core().stateRoot().toString())
                .contains(hex(header.outerBytes()))
                .contains(hex(header.core().encode()))
                .contains(header.id().toString());
        assertThat(genesis.development()).isFalse();
    }

    private static String exampleFile() throws IOException {
        String guide = Files.readString(DOCS.resolve("running-a-network.md"));
        int start = guide.indexOf("```json") + "```json".length();
        return guide.substring(start, guide.indexOf("```", start));
    }

    /** The document in one line, so that values may be broken over several. */
    private static String protocol() throws IOException {
        return Files.readString(DOCS.resolve("protocol.md")).replaceAll("\\s", "");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
