package synod.node.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import synod.chain.SealedBlock;
import synod.chain.transaction.Transaction;
import synod.crypto.Hash;
import synod.node.gossip.CompactBlocks.Outcome;
import synod.node.replica.Drain;
import synod.node.replica.Outbox;
import synod.node.replica.Output;
import synod.node.wire.ShortId;
import synod.node.wire.WireMessage.BlockTransactions;
import synod.node.wire.WireMessage.CompactBlock;
import synod.node.wire.WireMessage.GetBlockTransactions;
import synod.node.wire.WireSamples;
import synod.p2p.NodeId;

/** Blocks put together from short ids, the mempool, and what is missing. */
class CompactBlocksTest {
    private static final NodeId A = new NodeId(WireSamples.hash(1));
    private static final NodeId B = new NodeId(WireSamples.hash(2));

    private final Outbox out = new Outbox();
    private final CompactBlocks blocks = new CompactBlocks(out);
    private final List<Transaction> transactions = WireSamples.transactions(5);
    private final SealedBlock block = WireSamples.block(WireSamples.hash(3), 4, transactions);
    private final Hash id = block.block().id();
    private final CompactBlock compact = CompactBlocks.compact(block);

    private void assertWhole(Outcome outcome) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Whole.class, whole -> {
            assertThat(whole.block().block().transactions()).isEqualTo(transactions);
            assertThat(whole.block().block().checkTransactionsRoot()).isEmpty();
        });
    }

    @Test
    void isWholeWhenTheMempoolHasAll() {
        assertWhole(blocks.onCompact(A, compact, transactions.reversed()));
        assertThat(Drain.of(out)).isEmpty();
    }

    @Test
    void anEmptyBlockIsWholeAtOnce() {
        SealedBlock empty = WireSamples.block(WireSamples.hash(3), 4, List.of());
        assertThat(blocks.onCompact(A, CompactBlocks.compact(empty), transactions))
                .isInstanceOfSatisfying(
                        Outcome.Whole.class,
                        whole -> assertThat(whole.block().block().checkTransactionsRoot())
                                .isEmpty());
    }

    @Test
    void asksForWhatIsMissingAndNoMore() {
        assertThat(blocks.onCompact(A, compact, List.of(transactions.get(0), transactions.get(3))))
                .isInstanceOf(Outcome.Asked.class);
        assertThat(Drain.of(out)).containsExactly(new Output.Send(A, new GetBlockTransactions(id, List.of(1, 2, 4))));
        assertThat(blocks.isPartial(id)).isTrue();
        assertWhole(blocks.onTransactions(
                A, new BlockTransactions(id, List.of(transactions.get(1), transactions.get(2), transactions.get(4)))));
        assertThat(blocks.isPartial(id)).isFalse();
    }

    @Test
    void answersOfOthersAreIgnored() {
        blocks.onCompact(A, compact, List.of());
        assertThat(blocks.onTransactions(B, new BlockTransactions(id, List.of())))
                .isInstanceOf(Outcome.Asked.class);
        assertThat(blocks.onTransactions(A, new BlockTransactions(WireSamples.hash(9), transactions)))
                .isInstanceOf(Outcome.Asked.class);
        assertWhole(blocks.onTransactions(A, new BlockTransactions(id, transactions)));
        assertThat(blocks.onTransactions(A, new BlockTransactions(id, transactions)))
                .as("a second answer")
                .isInstanceOf(Outcome.Asked.class);
    }

    @Test
    void tooFewOrTooManyTransactionsFail() {
        blocks.onCompact(A, compact, List.of());
        assertThat(blocks.onTransactions(A, new BlockTransactions(id, transactions.subList(0, 4))))
                .isInstanceOf(Outcome.Failed.class);
        blocks.onCompact(A, compact, List.of());
        assertThat(blocks.onTransactions(A, new BlockTransactions(id, WireSamples.transactions(6))))
                .isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void wrongTransactionsGiveABlockThatIsNotTheHeaders() {
        blocks.onCompact(A, compact, List.of());
        Outcome outcome = blocks.onTransactions(A, new BlockTransactions(id, transactions.reversed()));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Whole.class,
                        whole -> assertThat(whole.block().block().checkTransactionsRoot())
                                .isPresent());
    }

    @Test
    void collidingShortIdsGiveABlockThatIsNotTheHeaders() {
        ShortId same = ShortId.of(id, transactions.getFirst().id());
        CompactBlock colliding = new CompactBlock(compact.header(), List.of(same, same, same, same, same));
        assertThat(blocks.onCompact(A, colliding, transactions))
                .isInstanceOfSatisfying(
                        Outcome.Whole.class,
                        whole -> assertThat(whole.block().block().checkTransactionsRoot())
                                .isPresent());
    }

    @Test
    void whatAPeerBeganGoesWithIt() {
        blocks.onCompact(A, compact, List.of());
        blocks.disconnected(B);
        assertThat(blocks.isPartial(id)).isTrue();
        blocks.disconnected(A);
        assertThat(blocks.isPartial(id)).isFalse();
    }

    @Test
    void onlyAFewAreUnderWay() {
        List<SealedBlock> many = IntStream.range(0, 100)
                .mapToObj(n -> WireSamples.block(WireSamples.hash(n), 4, transactions))
                .toList();
        many.forEach(one -> blocks.onCompact(A, CompactBlocks.compact(one), List.of()));
        assertThat(many.stream().filter(one -> blocks.isPartial(one.block().id())))
                .hasSize(8);
    }
}
