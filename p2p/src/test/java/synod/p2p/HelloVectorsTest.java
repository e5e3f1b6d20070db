package synod.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import synod.crypto.Hash;

/** A hello is encoded as docs/protocol.md shows, and every kind and code of this module stands there with its number. */
class HelloVectorsTest {
    private final String document = read();

    private static String read() {
        try {
            return Files.readString(Path.of("../docs/protocol.md"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aHelloIsEncodedAsTheDocumentShows() {
        Hello hello = new Hello(
                1,
                Hash.parse("f0c1735c790ff904156338e60b399d5b20dfef67b913a10474f1ceabf7d9a647"),
                Hash.parse("c2e935b8417c25c7006643f03d5f884345154118b41247a45a2b757bd68383a2"),
                0,
                26_000,
                "synod/0.1.0",
                0x0102030405060708L);
        assertThat(document.replaceAll("\\s", "")).contains(HexFormat.of().formatHex(hello.encode()));
    }

    @Test
    void everyKindAndCodeStandsInTheDocument() {
        assertThat(ControlKind.values())
                .allSatisfy(kind -> assertThat(document)
                        .contains("| " + kind.number() + " | "
                                + kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + " | "
                                + String.format(
                                        "%,d", ControlKind.limits(ignored -> 0).maxBytes(kind.number()))
                                + " |"));
        assertThat(Goodbye.Code.values())
                .allSatisfy(code -> assertThat(document)
                        .contains("| " + code.ordinal() + " " + code.name().toLowerCase(java.util.Locale.ROOT) + " |"));
    }
}
