package synod.chain.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import synod.chain.BlockHeader;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.codec.ByteString;
import synod.chain.store.DiskException;
import synod.chain.store.MemoryKeyValueStore;
import synod.chain.store.Position;
import synod.chain.store.WriteBatch;
import synod.crypto.Hash;

class BlockIndexTest {
    private static final Rejection BAD = new Rejection(Reason.BAD_STATE_ROOT, "another state");

    private final MemoryKeyValueStore store = new MemoryKeyValueStore();
    private BlockIndex index = open(Headers.GENESIS.id());
    private int journal;

    @Test
    void sumsTheWeightOfABranch() {
        BlockHeader a = Headers.child(Headers.GENESIS.header(), 1);
        index.insert(a, ByteString.EMPTY, BigInteger.valueOf(5));
        index.insert(Headers.child(a, 1), ByteString.EMPTY, BigInteger.valueOf(7));
        assertThat(index.tips(9)).extracting(BlockNode::totalWeight).containsExactly(BigInteger.valueOf(12));
    }

    @Test
    void saysWhatBecameOfAHeader() {
        BlockHeader a = Headers.child(Headers.GENESIS.header(), 1);
        assertThat(insert(a)).isInstanceOf(Insertion.Added.class);
        assertThat(insert(a)).isInstanceOf(Insertion.Known.class);
        assertRefused(Headers.header(Hash.parse("ab".repeat(32)), 1, 0), Reason.UNKNOWN_PARENT);
        assertRefused(Headers.header(a.id(), 3, 0), Reason.BAD_HEIGHT);
    }

    @Test
    void reportsInOrderWhatABodyCompletes() {
        List<BlockHeader> chain = extend(Headers.GENESIS.header(), 3, 1);
        BlockHeader fork = Headers.child(chain.get(1), 9);
        insert(fork);
        assertThat(attach(chain.get(2))).isEmpty();
        assertThat(attach(fork)).isEmpty();
        assertThat(attach(chain.get(1))).isEmpty();
        assertThat(index.isComplete(chain.get(1).id())).isFalse();

        assertThat(attach(chain.get(0)))
                .containsExactly(
                        chain.get(0).id(), chain.get(1).id(), chain.get(2).id(), fork.id());
        assertThat(attach(chain.get(0))).isEmpty();
        assertThat(index.incompleteCount()).isZero();
    }

    @Test
    void ignoresABodyWhoseHeaderIsGone() {
        assertThat(index.attachBody(Hash.ZERO, new Position(1, 1))).isEmpty();
    }

    @Test
    void movesTheAdoptedBranchAndForgetsWhatWasAbove() {
        List<BlockHeader> longer = complete(extend(Headers.GENESIS.header(), 5, 1));
        List<BlockHeader> shorter = complete(extend(longer.get(1), 1, 2));
        index.setHead(longer.getLast().id());
        index.setHead(shorter.getLast().id());

        assertThat(index.head().id()).isEqualTo(shorter.getLast().id());
        assertThat(index.canonical(2).map(BlockNode::id)).contains(longer.get(1).id());
        assertThat(index.canonical(3).map(BlockNode::id))
                .contains(shorter.getLast().id());
        assertThat(index.canonical(4)).isEmpty();
    }

    @Test
    void refusesAHeadWithoutBodies() {
        BlockHeader a = Headers.child(Headers.GENESIS.header(), 1);
        insert(a);
        assertThatThrownBy(() -> index.setHead(a.id())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void holdsTheDescendantsOfAnInvalidBlockForInvalid() {
        List<BlockHeader> bad = complete(extend(Headers.GENESIS.header(), 3, 1));
        List<BlockHeader> good = complete(extend(Headers.GENESIS.header(), 1, 2));
        index.markInvalid(bad.get(0).id(), BAD);

        assertThat(index.invalid(bad.get(0).id())).contains(BAD);
        assertThat(index.invalid(bad.get(2).id()).map(Rejection::reason)).contains(Reason.INVALID_ANCESTOR);
        assertThat(index.isComplete(bad.get(2).id())).isFalse();
        assertThat(index.node(bad.get(1).id())).isPresent();
        assertThat(index.tips(9))
                .extracting(BlockNode::id)
                .containsExactly(good.getLast().id());
        assertRefused(bad.get(0), Reason.BAD_STATE_ROOT);
        BlockHeader late = Headers.child(bad.get(2), 5);
        assertRefused(late, Reason.INVALID_ANCESTOR);
        assertRefused(Headers.child(late, 5), Reason.INVALID_ANCESTOR);
        assertThat(index.heaviestComplete().id()).isEqualTo(good.getLast().id());
    }

    @Test
    void doesNotCallTheAdoptedBranchInvalid() {
        List<BlockHeader> chain = complete(extend(Headers.GENESIS.header(), 2, 1));
        index.setHead(chain.getLast().id());
        assertThatThrownBy(() -> index.markInvalid(chain.getFirst().id(), BAD))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void forgetsTheWeakestHeaderForAHeavierOneWhenFull() {
        index = new BlockIndex(store, Headers.GENESIS, Headers.GENESIS.id(), new TreeLimits(4, 10));
        List<BlockHeader> chain = extend(Headers.GENESIS.header(), 3, 1);
        BlockHeader weak = Headers.child(Headers.GENESIS.header(), 2);
        insert(weak);

        assertThat(insert(Headers.child(Headers.GENESIS.header(), 3))).isInstanceOf(Insertion.NoRoom.class);
        BlockHeader heavier = Headers.child(chain.getLast(), 1);
        assertThat(insert(heavier)).isInstanceOf(Insertion.Added.class);
        assertThat(index.node(weak.id())).isEmpty();
        // what is left is one branch, and no part of it may go for its own continuation
        assertThat(insert(Headers.child(heavier, 1))).isInstanceOf(Insertion.NoRoom.class);
        attach(chain.getFirst());
        assertThat(insert(Headers.child(heavier, 1))).isInstanceOf(Insertion.Added.class);
    }

    @Test
    void spacesItsLocatorEverWider() {
        List<BlockHeader> chain = complete(extend(Headers.GENESIS.header(), 100, 1));
        index.setHead(chain.getLast().id());
        List<Long> heights = index.locator().stream()
                .map(id -> index.node(id).orElseThrow().height())
                .toList();
        assertThat(heights)
                .containsExactly(100L, 99L, 98L, 97L, 96L, 95L, 94L, 93L, 92L, 91L, 89L, 85L, 77L, 61L, 29L, 0L);
    }

    @Test
    void answersALocatorFromStoreAndMemory() {
        List<BlockHeader> chain = complete(extend(Headers.GENESIS.header(), 30, 1));
        complete(extend(chain.get(4), 10, 2));
        index.setHead(chain.getLast().id());
        settle(20);

        List<BlockNode> headers = index.headersAfter(
                List.of(Hash.parse("cd".repeat(32)), chain.get(9).id()), 15);
        assertThat(headers)
                .extracting(BlockNode::id)
                .containsExactlyElementsOf(
                        chain.subList(10, 25).stream().map(BlockHeader::id).toList());
        assertThat(index.headersAfter(List.of(), 2))
                .extracting(BlockNode::height)
                .containsExactly(1L, 2L);
        assertThat(index.headersAfter(List.of(chain.getLast().id()), 2)).isEmpty();
    }

    @Test
    void startsFromWhatWasSettled() {
        List<BlockHeader> chain = complete(extend(Headers.GENESIS.header(), 10, 1));
        index.setHead(chain.getLast().id());
        settle(7);

        index = open(chain.get(6).id());
        assertThat(index.canonical(5).map(BlockNode::id)).contains(chain.get(4).id());
        assertThat(index.canonical(8)).isEmpty();
        assertThat(index.node(chain.get(7).id())).isEmpty();
        assertThat(index.body(chain.get(6).id())).contains(new Position(1, 7));
        complete(chain.subList(7, 10));
        index.setHead(chain.getLast().id());
        assertThat(index.canonical(10)).isPresent();
    }

    @Test
    void doesNotStartWithoutTheLedgersBlock() {
        assertThatThrownBy(() -> open(Hash.parse("ef".repeat(32))))
                .isInstanceOf(DiskException.class)
                .hasMessageContaining("node reindex");
    }

    @Test
    void keepsOnlyWhatIsNotSettledInMemory() {
        List<BlockHeader> chain = complete(extend(Headers.GENESIS.header(), 50, 1));
        index.setHead(chain.getLast().id());
        settle(50);
        assertThat(index.tips(9)).isEmpty();
        assertThat(index.head().id()).isEqualTo(chain.getLast().id());
        assertThat(index.heaviestComplete()).isEqualTo(index.head());
        assertThat(index.isComplete(chain.get(20).id())).isTrue();
        assertThat(attachNext(chain.get(20))).isNotEmpty();
    }

    @Test
    void settlesOneBatchAtATime() {
        index.settle(1, new WriteBatch());
        assertThatThrownBy(() -> index.settle(1, new WriteBatch())).isInstanceOf(IllegalStateException.class);
        index.settled();
        assertThatThrownBy(() -> index.settled()).isInstanceOf(IllegalStateException.class);
    }

    private List<Hash> attachNext(BlockHeader parent) {
        BlockHeader child = Headers.child(parent, 77);
        insert(child);
        return attach(child);
    }

    private BlockIndex open(Hash head) {
        return new BlockIndex(store, Headers.GENESIS, head, TreeLimits.DEFAULT);
    }

    private void settle(long height) {
        WriteBatch batch = new WriteBatch();
        index.settle(height, batch);
        store.write(batch, false);
        index.settled();
    }

    private Insertion insert(BlockHeader header) {
        return index.insert(header, ByteString.EMPTY, BigInteger.ONE);
    }

    private void assertRefused(BlockHeader header, Reason reason) {
        assertThat(insert(header))
                .isInstanceOfSatisfying(
                        Insertion.Refused.class,
                        refused -> assertThat(refused.rejection().reason()).isEqualTo(reason));
    }

    private List<BlockHeader> extend(BlockHeader parent, int length, int salt) {
        List<BlockHeader> chain = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            chain.add(Headers.child(chain.isEmpty() ? parent : chain.getLast(), salt));
            insert(chain.getLast());
        }
        return chain;
    }

    private List<BlockHeader> complete(List<BlockHeader> chain) {
        chain.forEach(header -> {
            insert(header);
            attach(header);
        });
        return chain;
    }

    private List<Hash> attach(BlockHeader header) {
        return index.attachBody(header.id(), new Position(1, ++journal));
    }
}
