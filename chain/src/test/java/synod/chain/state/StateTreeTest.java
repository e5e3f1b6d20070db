package synod.chain.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import synod.chain.StateKey;
import synod.chain.codec.ByteString;
import synod.chain.store.DiskException;
import synod.chain.store.KeyRange;
import synod.chain.store.MemoryKeyValueStore;
import synod.chain.store.WriteBatch;
import synod.crypto.Hash;

class StateTreeTest {
    private static final Optional<byte[]> GONE = Optional.empty();

    private final MemoryKeyValueStore store = new MemoryKeyValueStore();
    private final StateTree tree = new StateTree(store::get);

    private static StateKey key(int number) {
        return StateKey.of('t', LedgerFixture.hash("record " + number));
    }

    private static Optional<byte[]> value(long number) {
        return Optional.of(new byte[] {(byte) number, (byte) (number >> 8), 1});
    }

    private TreeNode write(TreeNode stored, TreeNode target) {
        WriteBatch batch = new WriteBatch();
        tree.difference(stored, target, batch);
        store.write(batch, false);
        return target;
    }

    /** Random changes of records: how many at once, how many deletions, is drawn anew each time. */
    private List<StateTree.Change> randomChanges(Random random, SortedMap<StateKey, ByteString> records) {
        SortedMap<StateKey, Optional<byte[]>> changes = new TreeMap<>();
        int count = 1 + random.nextInt(40);
        int deletionsOfTen = random.nextInt(10);
        for (int i = 0; i < count; i++) {
            StateKey key = key(random.nextInt(120));
            changes.put(key, random.nextInt(10) < deletionsOfTen ? GONE : value(random.nextInt(1 << 16)));
        }
        List<StateTree.Change> leaves = new ArrayList<>();
        changes.forEach((key, value) -> {
            leaves.add(tree.change(key, value));
            value.ifPresentOrElse(bytes -> records.put(key, ByteString.of(bytes)), () -> records.remove(key));
        });
        Collections.shuffle(leaves, random);
        return leaves;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void hasTheRootOfTheNaiveDefinitionAfterAnyUpdates(long seed) {
        Random random = new Random(seed);
        SortedMap<StateKey, ByteString> records = new TreeMap<>();
        TreeNode stored = TreeNode.EMPTY;
        TreeNode root = TreeNode.EMPTY;
        for (int step = 0; step < 120; step++) {
            root = tree.update(root, randomChanges(random, records));
            assertThat(root.hash()).isEqualTo(NaiveTree.root(records));
            int dice = random.nextInt(6);
            if (dice == 0) {
                stored = write(stored, root);
                tree.trim(stored, 0);
            } else if (dice == 1) {
                stored = write(stored, root);
                root = tree.open(root.hash());
                stored = root;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void hasTheSameRowsWhateverCameBefore(long seed) {
        Random random = new Random(seed);
        SortedMap<StateKey, ByteString> records = new TreeMap<>();
        TreeNode stored = TreeNode.EMPTY;
        for (int step = 0; step < 40; step++) {
            TreeNode root = stored;
            for (int block = random.nextInt(4); block >= 0; block--) {
                root = tree.update(root, randomChanges(random, records));
            }
            stored = write(stored, root);
            tree.trim(stored, 0);

            MemoryKeyValueStore fresh = new MemoryKeyValueStore();
            StateTree anew = new StateTree(fresh::get);
            WriteBatch batch = new WriteBatch();
            List<StateTree.Change> all = new ArrayList<>();
            records.forEach((key, value) -> all.add(tree.change(key, Optional.of(value.bytes()))));
            anew.difference(TreeNode.EMPTY, anew.update(TreeNode.EMPTY, all), batch);
            fresh.write(batch, false);
            assertThat(LedgerFixture.rows(store)).isEqualTo(LedgerFixture.rows(fresh));
        }
    }

    @Test
    void isEmptyAgainWhenAllIsDeleted() {
        List<StateTree.Change> puts = new ArrayList<>();
        List<StateTree.Change> deletions = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            puts.add(tree.change(key(i), value(i)));
            deletions.add(tree.change(key(i), GONE));
        }
        TreeNode full = write(TreeNode.EMPTY, tree.update(TreeNode.EMPTY, puts));
        TreeNode empty = write(full, tree.update(full, deletions));
        assertThat(empty.hash()).isEqualTo(Hash.ZERO);
        assertThat(LedgerFixture.rows(store)).isEmpty();
    }

    @Test
    void leavesOlderVersionsAsTheyWere() {
        TreeNode first = tree.update(TreeNode.EMPTY, List.of(tree.change(key(1), value(1))));
        Hash root = first.hash();
        tree.update(first, List.of(tree.change(key(1), value(2)), tree.change(key(2), value(2))));
        assertThat(first.hash()).isEqualTo(root);
        assertThat(tree.prove(first, key(2), Optional.empty()).holdsFor(root)).isTrue();
    }

    @Test
    void readsOnlyTheWayToWhatChanges() {
        List<StateTree.Change> puts = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            puts.add(tree.change(key(i), value(i)));
        }
        TreeNode root = write(TreeNode.EMPTY, tree.update(TreeNode.EMPTY, puts));
        List<byte[]> reads = new ArrayList<>();
        StateTree counting = new StateTree(row -> {
            reads.add(row);
            return store.get(row);
        });
        TreeNode opened = counting.open(root.hash());
        counting.update(opened, List.of(counting.change(key(77), value(5))));
        assertThat(reads).hasSizeBetween(8, 25);
    }

    @Test
    void namesADamagedOrMissingNode() {
        List<StateTree.Change> puts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            puts.add(tree.change(key(i), value(i)));
        }
        TreeNode root = write(TreeNode.EMPTY, tree.update(TreeNode.EMPTY, puts));
        byte[] row = Rows.node(0, Hash.ZERO);
        byte[] node = store.get(row).orElseThrow();
        node[node.length - 1] ^= 1;
        store.write(new WriteBatch().put(row, node), false);
        assertThatThrownBy(() -> tree.open(root.hash()))
                .isInstanceOf(DiskException.class)
                .hasMessageContaining("depth 0")
                .hasMessageContaining("another hash");
        store.write(new WriteBatch().delete(row), false);
        assertThatThrownBy(() -> tree.open(root.hash()))
                .isInstanceOf(DiskException.class)
                .hasMessageContaining("missing");
    }

    @Test
    void refusesTwoChangesOfOneRecord() {
        List<StateTree.Change> twice = List.of(tree.change(key(1), value(1)), tree.change(key(1), value(2)));
        assertThatThrownBy(() -> tree.update(TreeNode.EMPTY, twice)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void keepsAtMostTheUsedBranchesInMemory() {
        List<StateTree.Change> puts = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            puts.add(tree.change(key(i), value(i)));
        }
        TreeNode root = write(TreeNode.EMPTY, tree.update(TreeNode.EMPTY, puts));
        tree.trim(root, 0);
        tree.trim(root, 0);
        long before = tree.created();
        tree.prove(root, key(3), Optional.of(ByteString.of(value(3).orElseThrow())));
        long loaded = tree.created() - before;
        assertThat(loaded).isPositive();
        tree.trim(root, 1_000_000);
        tree.prove(root, key(3), Optional.of(ByteString.of(value(3).orElseThrow())));
        assertThat(tree.created() - before).isEqualTo(loaded);
        assertThat(store.scan(KeyRange.all()).next()).isTrue();
    }
}
