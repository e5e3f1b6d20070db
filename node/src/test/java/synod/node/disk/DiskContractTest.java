package synod.node.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.chain.store.Disk;
import synod.chain.store.DiskException;
import synod.chain.store.MemoryDisk;

/** What both disks do, so that what is simulated on the one holds for the other. */
class DiskContractTest {
    @Nested
    class OfAFileDisk extends Contract {
        @TempDir
        Path temporary;

        @Override
        Disk create() {
            return FileDisk.open(temporary.resolve("disk"));
        }
    }

    @Nested
    class OfAMemoryDisk extends Contract {
        @Override
        Disk create() {
            return new MemoryDisk();
        }
    }

    abstract static class Contract {
        private Disk disk;

        abstract Disk create();

        @BeforeEach
        void open() {
            disk = create();
        }

        @AfterEach
        void close() {
            disk.close();
        }

        @Test
        void readsWhatWasCreatedAndAppended() {
            disk.create("a.x", new byte[] {1, 2}, new byte[] {3});
            disk.append("a.x", new byte[] {4}, new byte[0], new byte[] {5, 6});
            disk.append("a.x");
            disk.sync("a.x");

            assertThat(disk.size("a.x")).isEqualTo(6);
            assertThat(disk.read("a.x", 0, 6)).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(disk.read("a.x", 2, 2)).containsExactly(3, 4);
        }

        @Test
        void readsLessWhereTheFileEnds() {
            disk.create("a", new byte[] {1, 2});

            assertThat(disk.read("a", 1, 10)).containsExactly(2);
            assertThat(disk.read("a", 2, 10)).isEmpty();
            assertThat(disk.read("a", 1L << 40, 10)).isEmpty();
            assertThat(disk.read("a", 0, 0)).isEmpty();
            assertThatThrownBy(() -> disk.read("a", -1, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> disk.read("a", 0, -1)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void listsFilesInOrder() {
            disk.create("b");
            disk.create("a");
            disk.create("c");
            disk.delete("b");

            assertThat(disk.list()).containsExactly("a", "c");
        }

        @Test
        void appendsAfterATruncation() {
            disk.create("a", new byte[] {1, 2, 3});
            disk.append("a", new byte[] {4});
            disk.truncate("a", 2);
            disk.append("a", new byte[] {5});
            disk.sync("a");

            assertThat(disk.read("a", 0, 10)).containsExactly(1, 2, 5);
            assertThatThrownBy(() -> disk.truncate("a", 4)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> disk.truncate("a", -1)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void writesSeveralFilesInTurn() {
            disk.create("a");
            disk.create("b");
            for (int i = 0; i < 3; i++) {
                disk.append("a", new byte[] {1});
                disk.append("b", new byte[] {2});
            }
            disk.sync("a");

            assertThat(disk.read("a", 0, 10)).containsExactly(1, 1, 1);
            assertThat(disk.read("b", 0, 10)).containsExactly(2, 2, 2);
        }

        @Test
        void doesNotReplaceAFile() {
            disk.create("a", new byte[] {1});

            assertThatThrownBy(() -> disk.create("a")).isInstanceOf(IllegalStateException.class);
            assertThat(disk.size("a")).isEqualTo(1);
        }

        @Test
        void makesNoFileBySideEffect() {
            assertThatThrownBy(() -> disk.append("a", new byte[1])).isInstanceOf(DiskException.class);
            assertThatThrownBy(() -> disk.sync("a")).isInstanceOf(DiskException.class);
            assertThatThrownBy(() -> disk.size("a")).isInstanceOf(DiskException.class);
            assertThatThrownBy(() -> disk.read("a", 0, 1)).isInstanceOf(DiskException.class);
            assertThatThrownBy(() -> disk.truncate("a", 0)).isInstanceOf(DiskException.class);
            assertThatThrownBy(() -> disk.delete("a")).isInstanceOf(DiskException.class);
            assertThat(disk.list()).isEmpty();
        }

        @Test
        void refusesNamesThatAreNotPlain() {
            for (String name : new String[] {"", "../a", "a/b", "A", ".a", "a.tmp", "a b", "a".repeat(101)}) {
                assertThatThrownBy(() -> disk.create(name)).as(name).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }
}
