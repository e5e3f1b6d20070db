package synod.node.stratum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import synod.chain.Amount;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.crypto.Address;
import synod.crypto.DevelopmentKeys;
import synod.crypto.Hash;

class PayoutBookTest {
    private static final Address ALICE = DevelopmentKeys.address("alice");
    private static final Address BOB = DevelopmentKeys.address("bob");
    private static final int BITS = 0x1f00ffff;
    private static final long COINS = 5_000_000_000L;

    private final PayoutBook book = new PayoutBook();
    private final FoundBlock block = new FoundBlock(
            TestMiner.candidate(6, BITS), Map.of(ALICE, FoundBlock.WHOLE / 4, BOB, FoundBlock.WHOLE / 2));
    private final long height = block.block().header().height();

    @Test
    void owesNothingBeforeTheRewardIsMature() {
        book.found(block);
        mature(height - 1, block.block().id());
        assertThat(book.due(9)).isEmpty();
        assertThat(book.lowestWaiting()).hasValue(height);
    }

    @Test
    void dividesTheNewCoinsOfAMatureBlockOnce() {
        book.found(block);
        mature(height, block.block().id());
        mature(height + 1, block.block().id());
        assertThat(book.due(9))
                .containsExactlyInAnyOrder(
                        new PayoutBook.Payout(ALICE, COINS / 4), new PayoutBook.Payout(BOB, COINS / 2));
        assertThat(book.lowestWaiting()).isEmpty();
    }

    @Test
    void countsTheSameBlockOnce() {
        book.found(block);
        book.found(block);
        mature(height, block.block().id());
        assertThat(book.owedUnits()).isEqualTo(COINS / 4 + COINS / 2);
    }

    @Test
    void owesNothingForABlockThatLeftTheChain() {
        book.found(block);
        mature(height, Hash.ZERO);
        assertThat(book.due(9)).isEmpty();
    }

    @Test
    void paysEachDebtOnceAndKeepsWhatCameSince() {
        book.found(block);
        mature(height, block.block().id());
        PayoutBook.Payout first = book.due(1).getFirst();
        book.found(block);
        mature(height, block.block().id());
        book.sign(payment(first, 0));
        assertThat(book.due(9)).contains(first).hasSize(2);
        long nonce = 1;
        for (PayoutBook.Payout payout : book.due(9)) {
            book.sign(payment(payout, nonce++));
        }
        assertThat(book.due(9)).isEmpty();
        assertThat(book.unsettled()).hasSize(3);
    }

    @Test
    void owesAgainWhatCanNeverBeIncludedAndNotWhatIsSettled() {
        book.found(block);
        mature(height, block.block().id());
        List<PayoutBook.Payout> due = book.due(9);
        Transaction lost = payment(due.getFirst(), 0);
        Transaction kept = payment(due.getLast(), 1);
        book.sign(lost);
        book.sign(kept);
        book.failed(lost.id());
        book.settled(kept.id());
        assertThat(book.due(9)).containsExactly(due.getFirst());
        assertThat(book.unsettled()).isEmpty();
        book.failed(lost.id());
        book.failed(kept.id());
        assertThat(book.due(9)).containsExactly(due.getFirst());
    }

    @Test
    void signsNothingThatIsNotOwed() {
        Transaction payment = payment(new PayoutBook.Payout(ALICE, 5), 0);
        assertThatThrownBy(() -> book.sign(payment)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void countsTheBlocksThatLeftTheChain() {
        book.found(block);
        mature(height, Hash.ZERO);
        book.found(block);
        mature(height, block.block().id());
        assertThat(book.orphans()).isOne();
        assertThat(book.paidBlocks()).isOne();
    }

    private static Transaction payment(PayoutBook.Payout payout, long nonce) {
        return Transaction.sign(
                DevelopmentKeys.key("carol"),
                Hash.ZERO,
                nonce,
                Amount.ZERO,
                new Transfer(payout.to(), new Amount(payout.units())));
    }

    @Test
    void savesUpWhatIsNotWorthATransaction() {
        FoundBlock little = new FoundBlock(TestMiner.candidate(6, BITS), Map.of(ALICE, 100_000L));
        book.found(little);
        mature(height, little.block().id());
        assertThat(book.due(9)).isEmpty();
        book.found(little);
        mature(height, little.block().id());
        assertThat(book.due(9)).containsExactly(new PayoutBook.Payout(ALICE, 2 * COINS / 10_000));
    }

    private void mature(long matureHeight, Hash canonical) {
        book.mature(matureHeight, any -> canonical, any -> COINS);
    }
}
