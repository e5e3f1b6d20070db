package synod.node.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.crypto.Hash;
import synod.crypto.Sha256;

class DataDirectoryTest {
    private static final Hash CHAIN = Hash.ZERO;

    @TempDir
    Path temporary;

    @Test
    void createsADirectoryForItsOwnerAlone() throws IOException {
        Path root = temporary.resolve("deep/down/data");
        try (DataDirectory directory = DataDirectory.open(root, CHAIN)) {
            assertThat(directory.root()).isEqualTo(root);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root)))
                    .isEqualTo("rwx------");
            assertThat(Files.readAllLines(root.resolve("VERSION")))
                    .startsWith("synod-data 1", "chain " + CHAIN)
                    .hasSize(3);
            assertThat(Files.readString(root.resolve("LOCK")).strip())
                    .isEqualTo(Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void namesThePlacesOfItsParts() {
        try (DataDirectory directory = DataDirectory.open(root(), CHAIN)) {
            assertThat(List.of(directory.journal(), directory.index(), directory.peers(), directory.cookie()))
                    .extracting(path -> root().relativize(path).toString())
                    .containsExactly("journal", "index", "peers", "cookie");
        }
    }

    @Test
    void opensAgainWhatItCreated() {
        DataDirectory.open(root(), CHAIN).close();
        DataDirectory again = DataDirectory.open(root(), CHAIN);
        again.close();
        again.close();

        DataDirectory.open(root(), CHAIN).close();
    }

    @Test
    void usesAnEmptyDirectory() throws IOException {
        Files.createDirectory(root());
        DataDirectory.open(root(), CHAIN).close();

        assertThat(root().resolve("VERSION")).exists();
    }

    @Test
    void finishesACreationThatWasCutShort() throws IOException {
        Files.createDirectory(root());
        Files.writeString(root().resolve("LOCK"), "123\n");
        Files.writeString(root().resolve("VERSION.tmp"), "syn");

        DataDirectory.open(root(), CHAIN).close();
        assertThat(root().resolve("VERSION")).exists();
    }

    @Test
    void refusesASecondNodeInThisProcess() {
        try (DataDirectory first = DataDirectory.open(root(), CHAIN)) {
            assertThatThrownBy(() -> DataDirectory.open(root(), CHAIN))
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessage("The data directory " + first.root() + " is already in use by process "
                            + ProcessHandle.current().pid() + "; stop it or use another 'dataDir' in the config file.");
            assertThatThrownBy(() -> DataDirectory.open(root().resolve("../data"), CHAIN))
                    .as("another way to say the same directory")
                    .isInstanceOf(DataDirectoryException.class);
        }
    }

    @Test
    void refusesADirectoryThatAnotherProcessHolds() throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockingProcess.class.getName(),
                        root().toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).startsWith("holding");
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> DataDirectory.open(root(), CHAIN))
                        .isInstanceOf(DataDirectoryException.class)
                        .hasMessageContaining("already in use by process " + process.pid() + "; stop it");
            }
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
        DataDirectory.open(root(), CHAIN).close();
    }

    @Test
    void refusesAnotherChain() {
        DataDirectory.open(root(), CHAIN).close();
        Hash other = Sha256.hash(new byte[0]);

        assertThatThrownBy(() -> DataDirectory.open(root(), other))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("belongs to chain " + CHAIN)
                .hasMessageContaining("describes chain " + other)
                .hasMessageContaining(
                        "Use the genesis file it was made with, or another 'dataDir' in the config file.");
        DataDirectory.open(root(), CHAIN).close();
    }

    @Test
    void refusesAnotherFormat() throws IOException {
        DataDirectory.open(root(), CHAIN).close();
        Files.writeString(root().resolve("VERSION"), "synod-data 7\nsomething else\n");

        assertThatThrownBy(() -> DataDirectory.open(root(), CHAIN))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("has format 7, and this program reads format 1. Use a newer version of Synod");
        Files.writeString(root().resolve("VERSION"), "synod-data 0\n");
        assertThatThrownBy(() -> DataDirectory.open(root(), CHAIN)).hasMessageContaining("Use an older version");
    }

    @Test
    void refusesAVersionFileThatIsNotSynods() throws IOException {
        DataDirectory.open(root(), CHAIN).close();
        for (String text :
                List.of("", "16\n", "synod-data x\n", "synod-data 1\n", "synod-data 1\nchain 12\n", "x".repeat(5000))) {
            Files.writeString(root().resolve("VERSION"), text);
            assertThatThrownBy(() -> DataDirectory.open(root(), CHAIN))
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessageContaining("is damaged or not Synod's");
        }
    }

    @Test
    void refusesADirectoryOfOtherThingsAndLeavesItAlone() throws IOException {
        Files.createDirectory(root());
        Files.writeString(root().resolve("letter.txt"), "Dear");

        assertThatThrownBy(() -> DataDirectory.open(root(), CHAIN))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessage(
                        "The directory " + root()
                                + " holds files, but is not a Synod data directory. Use another 'dataDir' in the config file, or an empty one.");
        assertThat(root()).isDirectoryNotContaining(path -> !path.endsWith("letter.txt"));
    }

    @Test
    void refusesAFile() throws IOException {
        Files.writeString(root(), "Dear");

        assertThatThrownBy(() -> DataDirectory.open(root(), CHAIN))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("is a file, not a data directory");
    }

    @Test
    void saysWhenADirectoryCannotBeCreated() {
        assertThatThrownBy(() -> DataDirectory.open(Path.of("/proc/synod/data"), CHAIN))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("cannot be used")
                .hasMessageContaining("Check its permissions");
    }

    private Path root() {
        return temporary.resolve("data");
    }
}
