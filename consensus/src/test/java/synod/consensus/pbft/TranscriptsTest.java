package synod.consensus.pbft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole runs of the protocol as texts, which are reviewed like code. With {@code -Drewrite=true} their answers are written
 * anew from what the engines do.
 */
class TranscriptsTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/pbft");

    static Stream<Path> transcripts() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void goesAsWritten(Path file) throws IOException {
        String played = Transcript.play(Files.readAllLines(file));
        if (Boolean.getBoolean("rewrite")) {
            Files.writeString(file, played);
        }
        assertThat(played).isEqualTo(Files.readString(file));
    }
}
