package synod.node.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import synod.chain.Block;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Hash;
import synod.node.wire.WireMessage.CompactBlock;
import synod.node.wire.WireMessage.GetBlockTransactions;
import synod.node.wire.WireMessage.GetHeaders;

/** Kinds, bounds and encodings of messages are those that docs/protocol.md shows. */
class WireVectorsTest {
    private static String document = "";
    private static Properties vectors = new Properties();

    @BeforeAll
    static void read() throws IOException {
        document = Files.readString(Path.of("../docs/protocol.md"));
        try (Reader in = Files.newBufferedReader(Path.of("../chain/src/test/resources/vectors/protocol.properties"))) {
            vectors.load(in);
        }
    }

    @Test
    void messagesAreEncodedAsTheDocumentShows() throws Exception {
        Block block = Block.decode(new Decoder(HexFormat.of().parseHex(vectors.getProperty("block"))));
        Hash genesis = Hash.parse(vectors.getProperty("genesis.id"));
        GetHeaders locator = new GetHeaders(List.of(block.id(), genesis));
        assertThat(document.replaceAll("\\s", ""))
                .contains(String.format("%08x%02x", 68, MessageKind.of(locator).number())
                        + hex(WireCodec.encode(locator)));

        List<ShortId> ids = block.transactions().stream()
                .map(transaction -> ShortId.of(block.id(), transaction.id()))
                .toList();
        Encoder shortIds = new Encoder(16);
        ids.forEach(id -> shortIds.u64(id.value()));
        assertThat(document).contains("\n" + hex(shortIds.toBytes()) + "\n");
        byte[] compact = WireCodec.encode(new CompactBlock(new SealedHeader(block.header(), ByteString.EMPTY), ids));
        assertThat(hex(compact)).endsWith("02000000" + hex(shortIds.toBytes()));

        assertThat(document)
                .contains("\n" + hex(WireCodec.encode(new GetBlockTransactions(block.id(), List.of(1)))) + "\n");
    }

    @Test
    void everyKindStandsInTheDocumentWithItsBound() {
        assertThat(MessageKind.values())
                .allSatisfy(kind -> assertThat(document)
                        .containsPattern(
                                "\\| " + kind.number() + " \\| [a-z ]+ \\| " + bound(kind.maxBytes()) + " \\|"));
    }

    private static String bound(int bytes) {
        return bytes >= 1 << 20 && bytes % (1 << 20) == 0 ? (bytes >> 20) + " MiB" : String.format("%,d", bytes);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
