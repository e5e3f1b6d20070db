package synod.node.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.chain.store.DiskException;

class FileDiskTest {
    @TempDir
    Path temporary;

    @Test
    void keepsFilesOverARestart() {
        try (FileDisk disk = FileDisk.open(directory())) {
            disk.create("a", new byte[] {1});
            disk.append("a", new byte[] {2});
            disk.sync("a");
        }
        try (FileDisk disk = FileDisk.open(directory())) {
            assertThat(disk.list()).containsExactly("a");
            disk.append("a", new byte[] {3});
            assertThat(disk.read("a", 0, 10)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void itsDirectoryIsItsOwnersAlone() throws IOException {
        FileDisk.open(directory()).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
                .isEqualTo("rwx------");
    }

    @Test
    void deletesWhatWasNeverFinished() throws IOException {
        FileDisk.open(directory()).close();
        Files.write(directory().resolve("a.tmp"), new byte[10]);
        try (FileDisk disk = FileDisk.open(directory())) {
            assertThat(disk.list()).isEmpty();
            assertThat(directory().resolve("a.tmp")).doesNotExist();
        }
    }

    @Test
    void namesAFullDisk() throws IOException {
        assumeTrue(Files.isWritable(Path.of("/dev/full")), "needs the device that is always full");
        try (FileDisk disk = FileDisk.open(directory())) {
            Files.createSymbolicLink(directory().resolve("a"), Path.of("/dev/full"));

            assertThatThrownBy(() -> disk.append("a", new byte[10]))
                    .isInstanceOfSatisfying(
                            DiskException.class, e -> assertThat(e.kind()).isEqualTo(DiskException.Kind.FULL))
                    .hasMessageContaining("No space is left")
                    .hasMessageContaining(directory().toString())
                    .hasMessageContaining("start the node again");
        }
    }

    @Test
    void namesTheFileThatFailed() throws IOException {
        try (FileDisk disk = FileDisk.open(directory())) {
            Files.createDirectory(directory().resolve("a"));

            assertThatThrownBy(() -> disk.append("a", new byte[1]))
                    .isInstanceOfSatisfying(
                            DiskException.class, e -> assertThat(e.kind()).isEqualTo(DiskException.Kind.FAILED))
                    .hasMessageContaining(directory().resolve("a").toString());
        }
    }

    @Test
    void anInterruptedReaderHarmsNobodyElse() {
        try (FileDisk disk = FileDisk.open(directory())) {
            disk.create("a", new byte[] {1});
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> disk.read("a", 0, 1)).isInstanceOf(DiskException.class);
            assertThat(Thread.interrupted()).isTrue();

            disk.append("a", new byte[] {2});
            assertThat(disk.read("a", 0, 2)).containsExactly(1, 2);
        }
    }

    private Path directory() {
        return temporary.resolve("disk");
    }
}
