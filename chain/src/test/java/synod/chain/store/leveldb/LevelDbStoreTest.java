package synod.chain.store.leveldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.chain.store.Cursor;
import synod.chain.store.DiskException;
import synod.chain.store.KeyRange;
import synod.chain.store.KeyValueStore;
import synod.chain.store.KeyValueStoreContract;
import synod.chain.store.WriteBatch;

class LevelDbStoreTest extends KeyValueStoreContract {
    /** The smallest write buffer that the library takes, so that little data makes tables and compactions. */
    private static final LevelDbLimits SMALL = new LevelDbLimits(64 << 10, 1 << 20, 64);

    private static final int ENTRIES = 5000;

    @TempDir
    Path temporary;

    @Override
    protected KeyValueStore create() {
        return LevelDbStore.open(temporary.resolve("contract"), SMALL);
    }

    @Test
    void keepsWhatWasWrittenOverARestart() throws IOException {
        fill();
        assertThat(tables()).as("table files").isNotEmpty();
        try (LevelDbStore store = LevelDbStore.open(index(), SMALL)) {
            for (int i = 0; i < ENTRIES; i++) {
                assertThat(store.get(key(i))).contains(value(i));
            }
            assertThat(countForwards(store)).isEqualTo(ENTRIES);
        }
    }

    @Test
    void aDamagedTableIsReportedAndNeverRead() throws IOException {
        fill();
        Random random = new Random(41);
        int reported = 0;
        for (int round = 0; round < 20; round++) {
            Path table = tables().get(random.nextInt(tables().size()));
            byte[] sound = Files.readAllBytes(table);
            byte[] damaged = sound.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(table, damaged);
            reported += readAllOrReport() ? 0 : 1;
            Files.write(table, sound);
        }
        assertThat(reported).isGreaterThan(15);
    }

    /** False if damage was reported; every value that is read must be the one written. */
    private boolean readAllOrReport() {
        try (LevelDbStore store = LevelDbStore.open(index(), SMALL)) {
            for (int i = 0; i < ENTRIES; i++) {
                assertThat(store.get(key(i))).contains(value(i));
            }
            return true;
        } catch (DiskException e) {
            assertThat(e.kind()).isEqualTo(DiskException.Kind.DAMAGED);
            assertThat(e).hasMessageContaining("synod node reindex").hasMessageContaining(index().toString());
            return false;
        }
    }

    @Test
    void aMissingFileIsReported() throws IOException {
        fill();
        Files.delete(tables().getFirst());

        assertThatThrownBy(() -> LevelDbStore.open(index(), SMALL))
                .isInstanceOf(DiskException.class)
                .hasMessageContaining("synod node reindex");
    }

    @Test
    void doesNotBeginAnewOverAnOldStore() throws IOException {
        fill();
        Files.delete(index().resolve("CURRENT"));

        assertThatThrownBy(() -> LevelDbStore.open(index(), SMALL))
                .isInstanceOf(DiskException.class)
                .hasMessageContaining("CURRENT");
    }

    @Test
    void aDamagedStoreCanBeDiscarded() throws IOException {
        fill();
        Files.writeString(index().resolve("CURRENT"), "nonsense\n");
        assertThatThrownBy(() -> LevelDbStore.open(index(), SMALL)).isInstanceOf(DiskException.class);
        LevelDbStore.discard(index());

        assertThat(index()).doesNotExist();
        try (LevelDbStore store = LevelDbStore.open(index(), SMALL)) {
            assertThat(countForwards(store)).isZero();
        }
    }

    @Test
    void aDiscardThatWasCutShortIsFinishedOnOpening() throws IOException {
        fill();
        Path discarded = temporary.resolve("index.discarded");
        Files.move(index(), discarded);
        try (LevelDbStore store = LevelDbStore.open(index(), SMALL)) {
            assertThat(countForwards(store)).isZero();
        }
        assertThat(discarded).doesNotExist();
    }

    @Test
    void aSecondOpeningIsRefused() {
        try (LevelDbStore store = LevelDbStore.open(index(), SMALL)) {
            assertThatThrownBy(() -> LevelDbStore.open(index(), SMALL))
                    .isInstanceOfSatisfying(
                            DiskException.class, e -> assertThat(e.kind()).isEqualTo(DiskException.Kind.FAILED))
                    .hasMessageContaining("in use");
            store.write(new WriteBatch().put(key(1), value(1)), true);
        }
    }

    @Test
    void readersSeeWholeBatchesWhileAWriterWrites() throws Exception {
        try (LevelDbStore store = LevelDbStore.open(index(), SMALL)) {
            store.write(new WriteBatch().put(key(0), key(0)).put(key(1), key(0)), false);
            Thread writer = new Thread(() -> {
                for (int i = 1; i < 3000; i++) {
                    store.write(
                            new WriteBatch()
                                    .put(key(0), key(i))
                                    .put(key(1), key(i))
                                    .put(key(i + 2), value(i)),
                            false);
                }
            });
            writer.start();
            while (writer.isAlive()) {
                try (Cursor cursor = store.scan(KeyRange.between(key(0), key(2)))) {
                    assertThat(cursor.next()).isTrue();
                    byte[] first = cursor.value();
                    assertThat(cursor.next()).isTrue();
                    assertThat(cursor.value()).isEqualTo(first);
                }
            }
            writer.join();
            assertThat(countForwards(store)).isEqualTo(3001);
        }
    }

    private void fill() {
        try (LevelDbStore store = LevelDbStore.open(index(), SMALL)) {
            for (int i = 0; i < ENTRIES; i += 50) {
                WriteBatch batch = new WriteBatch();
                for (int j = i; j < i + 50; j++) {
                    batch.put(key(j), value(j));
                }
                store.write(batch, i % 1000 == 0);
            }
        }
    }

    private static int countForwards(KeyValueStore store) {
        try (Cursor cursor = store.scan(KeyRange.all())) {
            int count = 0;
            while (cursor.next()) {
                count++;
            }
            return count;
        }
    }

    private Path index() {
        return temporary.resolve("index");
    }

    private List<Path> tables() throws IOException {
        try (Stream<Path> files = Files.list(index())) {
            return files.filter(file -> file.toString().matches(".*\\.(sst|ldb)"))
                    .sorted()
                    .toList();
        }
    }

    private static byte[] key(int i) {
        return ByteBuffer.allocate(4).putInt(i).array();
    }

    private static byte[] value(int i) {
        byte[] value = new byte[100];
        new Random(i).nextBytes(value);
        return value;
    }
}
