package synod.chain.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.codec.ByteString;
import synod.chain.store.MemoryKeyValueStore;
import synod.chain.store.Position;
import synod.chain.store.WriteBatch;
import synod.crypto.Hash;

/** Random trees, reorganisations, settlements and restarts look as in a map of everything. */
class BlockIndexModelTest {
    private static final TreeLimits LIMITS = new TreeLimits(1_000, 5);

    private final Map<Hash, BlockNode> nodes = new LinkedHashMap<>();
    private final Map<Hash, Position> bodies = new LinkedHashMap<>();
    private final Set<Hash> invalid = new HashSet<>();
    private MemoryKeyValueStore store = new MemoryKeyValueStore();
    private BlockIndex index = new BlockIndex(store, Headers.GENESIS, Headers.GENESIS.id(), LIMITS);
    private Hash head = Headers.GENESIS.id();

    /** The block at which the store's rows stand, and what is being written. */
    private Hash settledHead = head;

    private @Nullable Settling settling;
    private long deepest;
    private int deepReorganisations;

    private record Settling(WriteBatch batch, Hash head) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void looksAsAMapOfEverything(long seed) {
        Random random = new Random(seed);
        nodes.put(Headers.GENESIS.id(), Headers.GENESIS);
        for (int i = 0; i < 1_200; i++) {
            switch (random.nextInt(80) == 0 ? 15 : random.nextInt(15)) {
                case 0, 1, 2, 3, 4 -> insert(random);
                case 5, 6, 7, 8, 9 -> attach(random);
                case 10, 11 -> adopt(random);
                case 12, 13 -> settle(random);
                case 14 -> markInvalid(random);
                default -> restart(random);
            }
            deepest = Math.max(deepest, block(head).height());
            if (i % 11 == 0) {
                compare(random);
            }
        }
        assertThat(deepest).isGreaterThan(15);
        assertThat(deepReorganisations).isGreaterThan(5);
    }

    private void insert(Random random) {
        List<BlockNode> all = List.copyOf(nodes.values());
        int back = random.nextInt(4) == 0 ? random.nextInt(all.size()) : random.nextInt(Math.min(3, all.size()));
        BlockNode parent = all.get(all.size() - 1 - back);
        long weight = 1 + random.nextInt(3);
        BlockNode child = new BlockNode(
                Headers.child(parent.header(), random.nextInt()),
                ByteString.of((byte) weight),
                parent.totalWeight().add(BigInteger.valueOf(weight)));
        Insertion insertion = index.insert(child.header(), child.seal(), BigInteger.valueOf(weight));
        if (invalid.contains(parent.id())) {
            assertThat(insertion).isInstanceOf(Insertion.Refused.class);
        } else {
            assertThat(insertion).isEqualTo(new Insertion.Added(child));
            nodes.put(child.id(), child);
        }
    }

    private void attach(Random random) {
        List<Hash> missing = nodes.keySet().stream()
                .filter(id -> !bodies.containsKey(id) && !id.equals(Headers.GENESIS.id()) && !invalid.contains(id))
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        Hash id = missing.get(random.nextInt(Math.min(3, missing.size())));
        Set<Hash> before = complete();
        bodies.put(id, new Position(1, bodies.size()));
        List<Hash> completed = index.attachBody(id, bodies.get(id));

        Set<Hash> expected = complete();
        expected.removeAll(before);
        assertThat(completed).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(completed.stream().map(each -> block(each).height())).isSortedAccordingTo(Comparator.naturalOrder());
    }

    private void adopt(Random random) {
        List<Hash> complete = List.copyOf(complete());
        head = complete.get(complete.size() - 1 - random.nextInt(Math.min(12, complete.size())));
        if (random.nextInt(3) > 0) {
            head = Collections.max(
                    complete, Comparator.comparing(id -> block(id).totalWeight()));
        }
        if (!ancestors(head).contains(settledHead)) {
            deepReorganisations++;
        }
        index.setHead(head);
    }

    private void settle(Random random) {
        Settling now = settling;
        if (now == null) {
            long height = Math.max(0, block(head).height() - random.nextInt(6));
            WriteBatch batch = new WriteBatch();
            index.settle(height, batch);
            settling = new Settling(batch, ancestors(head).get((int) height));
        } else {
            store.write(now.batch(), true);
            settledHead = now.head();
            settling = null;
            index.settled();
        }
    }

    private void markInvalid(Random random) {
        List<Hash> candidates = nodes.keySet().stream()
                .filter(id -> !ancestors(head).contains(id)
                        && !invalid.contains(id)
                        && index.tips(1_000).contains(nodes.get(id)))
                .toList();
        if (candidates.isEmpty()) {
            return;
        }
        Hash id = candidates.get(random.nextInt(candidates.size()));
        index.markInvalid(id, new Rejection(Reason.BAD_STATE_ROOT, ""));
        invalid.add(id);
    }

    /** A restart finds what was written, and inserts the rest again from the journal; nobody remembers what is invalid. */
    private void restart(Random random) {
        if (settling != null && random.nextBoolean()) {
            store.write(settling.batch(), true);
            settledHead = settling.head();
        }
        settling = null;
        store = store.crash(random.nextInt(3));
        index = new BlockIndex(store, Headers.GENESIS, settledHead, LIMITS);
        invalid.clear();
        nodes.keySet().removeIf(id -> !bodies.containsKey(id) && !id.equals(Headers.GENESIS.id()));
        // a block whose ancestor's body never came is found in the journal, but cannot be placed
        nodes.values().removeIf(node -> !node.equals(Headers.GENESIS) && !nodes.containsKey(node.parent()));
        bodies.keySet().retainAll(nodes.keySet());
        for (BlockNode node : nodes.values()) {
            if (!node.equals(Headers.GENESIS)) {
                BlockNode parent = block(node.parent());
                index.insert(node.header(), node.seal(), node.totalWeight().subtract(parent.totalWeight()));
                index.attachBody(node.id(), Objects.requireNonNull(bodies.get(node.id())));
            }
        }
        head = settledHead;
    }

    private void compare(Random random) {
        List<Hash> branch = ancestors(head);
        Set<Hash> complete = complete();
        assertThat(index.head()).isEqualTo(nodes.get(head));
        for (int height = 0; height < branch.size(); height++) {
            if (!index.canonical(height).equals(Optional.of(block(branch.get(height))))) {
                throw new AssertionError("another block is adopted at height " + height);
            }
        }
        assertThat(index.canonical(branch.size())).isEmpty();
        for (BlockNode node : nodes.values()) {
            if (!index.node(node.id()).equals(Optional.of(node))
                    || index.isComplete(node.id()) != complete.contains(node.id())
                    || (!invalid.contains(node.id())
                            && !index.body(node.id()).equals(Optional.ofNullable(bodies.get(node.id()))))) {
                throw new AssertionError("another node is known as " + node);
            }
        }
        assertThat(index.incompleteCount()).isEqualTo(nodes.size() - complete.size() - invalid.size());
        List<Hash> all = List.copyOf(nodes.keySet());
        Hash one = all.get(random.nextInt(all.size()));
        Hash other = random.nextBoolean() ? head : all.get(random.nextInt(all.size()));
        List<Hash> shared = new ArrayList<>(ancestors(one));
        shared.retainAll(ancestors(other));
        assertThat(index.commonAncestor(one, other).id()).isEqualTo(shared.getLast());
        List<Hash> path = ancestors(one);
        assertThat(index.path(shared.getLast(), one)).isEqualTo(path.subList(shared.size(), path.size()));
        int from = random.nextInt(branch.size());
        int limit = random.nextInt(20);
        assertThat(index.headersAfter(List.of(branch.get(from)), limit))
                .extracting(BlockNode::id)
                .isEqualTo(branch.subList(from + 1, Math.min(branch.size(), from + 1 + limit)));
        assertThat(index.locator()).isSubsetOf(branch).startsWith(head);
    }

    private Set<Hash> complete() {
        Set<Hash> complete = new LinkedHashSet<>();
        for (BlockNode node : nodes.values()) {
            boolean here = bodies.containsKey(node.id()) && complete.contains(node.parent());
            if (node.equals(Headers.GENESIS) || (here && !invalid.contains(node.id()))) {
                complete.add(node.id());
            }
        }
        return complete;
    }

    private BlockNode block(Hash id) {
        return Objects.requireNonNull(nodes.get(id));
    }

    /** From genesis to the block. */
    private List<Hash> ancestors(Hash id) {
        List<Hash> ancestors = new ArrayList<>();
        for (@Nullable BlockNode node = nodes.get(id); node != null; node = nodes.get(node.parent())) {
            ancestors.addFirst(node.id());
        }
        return ancestors;
    }
}
