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

class TestnetDescriptionTest {
    private static final TestnetDescription DESCRIPTION = new TestnetDescription(
            "pow",
            "ab".repeat(32),
            List.of(
                    new TestnetDescription.Node("n1", "http://127.0.0.1:26101", "127.0.0.1:26001", Optional.of(7L)),
                    new TestnetDescription.Node("n2", "http://127.0.0.1:26102", "127.0.0.1:26002", Optional.empty())),
            List.of(new TestnetDescription.Account("alice", "dev1alice")));

    @TempDir
    private Path temporary;

    private TestnetDirectory directory;

    @BeforeEach
    void choose() {
        directory = new TestnetDirectory(temporary);
    }

    @Test
    void isReadBackAsItWasWritten() {
        DESCRIPTION.save(directory);
        assertThat(TestnetDescription.load(directory)).contains(DESCRIPTION);
    }

    @Test
    void isNotThereWithoutItsFile() {
        assertThat(TestnetDescription.load(directory)).isEmpty();
    }

    @Test
    void namesTheNodesThatThereAre() {
        assertThat(DESCRIPTION.node("n2").pid()).isEmpty();
        assertThatThrownBy(() -> DESCRIPTION.node("n3")).hasMessageContaining("there are n1, n2");
    }

    @Test
    void isRefusedWithASentenceIfDamaged() throws IOException {
        DESCRIPTION.save(directory);
        String good = Files.readString(directory.description());
        for (String bad : List.of("", "[]", good.substring(0, good.length() / 2), good.replace("\"rpc\"", "\"rcp\""))) {
            Files.writeString(directory.description(), bad);
            assertThatThrownBy(() -> TestnetDescription.load(directory))
                    .as(bad)
                    .isInstanceOf(TestnetException.class)
                    .hasMessageContaining("testnet.json does not describe a testnet")
                    .hasMessageContaining("up writes it anew");
        }
    }
}
