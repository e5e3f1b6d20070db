package synod.chain.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link KeyValueStore} does. */
public abstract class KeyValueStoreContract {
    private KeyValueStore store;

    /** A new, empty store. */
    protected abstract KeyValueStore create();

    @BeforeEach
    void open() {
        store = create();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void findsWhatWasPutAndNothingElse() {
        store.write(new WriteBatch().put(key(1), key(10)).put(key(2), new byte[0]), true);

        assertThat(store.get(key(1))).contains(key(10));
        assertThat(store.get(key(2))).contains(new byte[0]);
        assertThat(store.get(key(3))).isEmpty();
        assertThat(store.get(new byte[0])).isEmpty();
    }

    @Test
    void ofTwoChangesToAKeyInABatchTheLaterHolds() {
        store.write(
                new WriteBatch()
                        .put(key(1), key(10))
                        .put(key(1), key(11))
                        .put(key(2), key(12))
                        .delete(key(2))
                        .delete(key(3))
                        .put(key(3), key(13)),
                false);

        assertThat(store.get(key(1))).contains(key(11));
        assertThat(store.get(key(2))).isEmpty();
        assertThat(store.get(key(3))).contains(key(13));
    }

    @Test
    void ordersKeysByUnsignedBytes() {
        byte[][] ordered = {
            {}, {0}, {0, 0}, {0, (byte) 0xff}, {1}, {0x7f}, {(byte) 0x80}, {(byte) 0xff}, {(byte) 0xff, 0}
        };
        WriteBatch batch = new WriteBatch();
        for (int i = ordered.length - 1; i >= 0; i--) {
            batch.put(ordered[i], new byte[] {(byte) i});
        }
        store.write(batch, false);

        assertThat(values(store.scan(KeyRange.all())))
                .containsExactly("00", "01", "02", "03", "04", "05", "06", "07", "08");
        assertThat(values(store.scanReverse(KeyRange.all())))
                .containsExactly("08", "07", "06", "05", "04", "03", "02", "01", "00");
        assertThat(values(store.scan(KeyRange.prefix(new byte[] {0})))).containsExactly("01", "02", "03");
        assertThat(values(store.scanReverse(KeyRange.prefix(new byte[] {(byte) 0xff}))))
                .containsExactly("08", "07");
        assertThat(values(store.scan(KeyRange.between(new byte[] {0, 0}, new byte[] {1}))))
                .containsExactly("02", "03");
        assertThat(values(store.scan(KeyRange.between(new byte[] {1}, new byte[] {0}))))
                .isEmpty();
        assertThat(values(store.scanReverse(KeyRange.between(new byte[] {1}, new byte[] {0}))))
                .isEmpty();
    }

    @Test
    void aSnapshotStaysAsItWas() {
        store.write(new WriteBatch().put(key(1), key(10)).put(key(2), key(20)), false);
        try (Snapshot snapshot = store.snapshot()) {
            store.write(new WriteBatch().put(key(1), key(11)).delete(key(2)).put(key(3), key(30)), true);

            assertThat(snapshot.get(key(1))).contains(key(10));
            assertThat(snapshot.get(key(2))).contains(key(20));
            assertThat(snapshot.get(key(3))).isEmpty();
            assertThat(values(snapshot.scan(KeyRange.all()))).containsExactly(hex(key(10)), hex(key(20)));
            assertThat(values(snapshot.scanReverse(KeyRange.all()))).containsExactly(hex(key(20)), hex(key(10)));
        }
        assertThat(values(store.scan(KeyRange.all()))).containsExactly(hex(key(11)), hex(key(30)));
    }

    @Test
    void aCursorWalksOverWhatWasThereWhenItBegan() {
        store.write(new WriteBatch().put(key(1), key(10)).put(key(3), key(30)), false);
        try (Cursor cursor = store.scan(KeyRange.all())) {
            store.write(new WriteBatch().put(key(2), key(20)).delete(key(3)), false);
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.key()).isEqualTo(key(1));
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.key()).isEqualTo(key(3));
            assertThat(cursor.next()).isFalse();
            assertThat(cursor.next()).isFalse();
            assertThatThrownBy(cursor::key).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aCursorStandsNowhereAtFirst() {
        store.write(new WriteBatch().put(key(1), key(10)), false);
        try (Cursor cursor = store.scan(KeyRange.all())) {
            assertThatThrownBy(cursor::value).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void whatItGivesIsTheCallers() {
        store.write(new WriteBatch().put(key(1), key(10)), false);
        Arrays.fill(store.get(key(1)).orElseThrow(), (byte) 0);
        try (Cursor cursor = store.scan(KeyRange.all())) {
            cursor.next();
            Arrays.fill(cursor.value(), (byte) 0);
            Arrays.fill(cursor.key(), (byte) 0);
        }

        assertThat(store.get(key(1))).contains(key(10));
    }

    @Test
    void clearedItIsEmptyAndUsable() {
        store.write(new WriteBatch().put(key(1), key(10)), true);
        store.clear();

        assertThat(store.get(key(1))).isEmpty();
        assertThat(values(store.scan(KeyRange.all()))).isEmpty();
        store.write(new WriteBatch().put(key(2), key(20)), true);
        assertThat(values(store.scan(KeyRange.all()))).containsExactly(hex(key(20)));
    }

    @Test
    void closedItIsNotUsed() {
        store.close();
        store.close();

        assertThatThrownBy(() -> store.get(key(1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.write(new WriteBatch(), false)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.scan(KeyRange.all())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(store::snapshot).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void agreesWithASortedMapThroughARandomHistory() {
        Random random = new Random(31);
        TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
        for (int round = 0; round < 600; round++) {
            WriteBatch batch = new WriteBatch();
            for (int i = random.nextInt(40); i > 0; i--) {
                byte[] key = shortKey(random);
                if (random.nextInt(3) == 0) {
                    batch.delete(key);
                    model.remove(key);
                } else {
                    byte[] value = JournalFixture.random(random, random.nextInt(200));
                    batch.put(key, value);
                    model.put(key, value);
                }
            }
            store.write(batch, round % 50 == 0);
            byte[] sought = shortKey(random);
            assertThat(store.get(sought).map(KeyValueStoreContract::hex))
                    .isEqualTo(java.util.Optional.ofNullable(model.get(sought)).map(KeyValueStoreContract::hex));
            if (round % 10 == 0) {
                compareScans(model, random);
            }
        }
    }

    private void compareScans(NavigableMap<byte[], byte[]> model, Random random) {
        byte[] from = shortKey(random);
        byte[] to = shortKey(random);
        boolean empty = Arrays.compareUnsigned(from, to) >= 0;
        NavigableMap<byte[], byte[]> between =
                empty ? new TreeMap<>(Arrays::compareUnsigned) : model.subMap(from, true, to, false);
        KeyRange range = KeyRange.between(from, to);
        assertThat(values(store.scan(range))).isEqualTo(hex(between));
        assertThat(values(store.scanReverse(range))).isEqualTo(hex(between.descendingMap()));
        KeyRange open = new KeyRange(from, java.util.Optional.empty());
        assertThat(values(store.scan(open))).isEqualTo(hex(model.tailMap(from, true)));
        assertThat(values(store.scanReverse(open)))
                .isEqualTo(hex(model.tailMap(from, true).descendingMap()));
        assertThat(values(store.scanReverse(KeyRange.all()))).isEqualTo(hex(model.descendingMap()));
    }

    private static byte[] shortKey(Random random) {
        byte[] key = new byte[random.nextInt(4)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(8) * 36);
        }
        return key;
    }

    private static byte[] key(int value) {
        return new byte[] {(byte) value, 1};
    }

    private static List<String> values(Cursor cursor) {
        try (cursor) {
            List<String> values = new ArrayList<>();
            while (cursor.next()) {
                values.add(hex(cursor.value()));
            }
            return values;
        }
    }

    private static List<String> hex(NavigableMap<byte[], byte[]> map) {
        return map.values().stream().map(KeyValueStoreContract::hex).toList();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
