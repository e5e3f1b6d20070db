package synod.node.stratum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.crypto.Address;
import synod.crypto.DevelopmentKeys;
import synod.crypto.Hash;
import synod.crypto.Sha256;

class PayoutBookTest {
    private static final Address ALICE = DevelopmentKeys.address("alice");
    private static final Address BOB = DevelopmentKeys.address("bob");
    private static final int BITS = 0x1f00ffff;
    private static final long COINS = 5_000_000_000L;
    private static final long LEAST = PaymentRound.MIN_PAYOUT_UNITS;

    private final PayoutBook book = new PayoutBook();
    private final FoundBlock block = new FoundBlock(
            TestMiner.candidate(6, BITS), Map.of(ALICE, FoundBlock.WHOLE / 4, BOB, FoundBlock.WHOLE / 2));
    private final long height = block.block().header().height();

    @Test
    void owesNothingBeforeTheRewardIsMature() {
        book.found(block);
        mature(height - 1, block.block().id());
        assertThat(book.due(9, LEAST)).isEmpty();
        assertThat(book.lowestWaiting()).hasValue(height);
    }

    @Test
    void dividesTheNewCoinsOfAMatureBlockOnce() {
        book.found(block);
        mature(height, block.block().id());
        mature(height + 1, block.block().id());
        assertThat(book.due(9, LEAST))
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
        assertThat(book.due(9, LEAST)).isEmpty();
    }

    @Test
    void paysEachDebtOnceAndKeepsWhatCameSince() {
        book.found(block);
        mature(height, block.block().id());
        PayoutBook.Payout first = book.due(1, LEAST).getFirst();
        book.found(block);
        mature(height, block.block().id());
        book.sign(payment(first, 0));
        assertThat(book.due(9, LEAST)).contains(first).hasSize(2);
        long nonce = 1;
        for (PayoutBook.Payout payout : book.due(9, LEAST)) {
            book.sign(payment(payout, nonce++));
        }
        assertThat(book.due(9, LEAST)).isEmpty();
        assertThat(book.unsettled()).hasSize(3);
    }

    @Test
    void owesAgainWhatCanNeverBeIncludedAndNotWhatIsSettled() {
        book.found(block);
        mature(height, block.block().id());
        List<PayoutBook.Payout> due = book.due(9, LEAST);
        Transaction lost = payment(due.getFirst(), 0);
        Transaction kept = payment(due.getLast(), 1);
        book.sign(lost);
        book.sign(kept);
        book.failed(lost.id());
        book.settled(kept.id());
        assertThat(book.due(9, LEAST)).containsExactly(due.getFirst());
        assertThat(book.unsettled()).isEmpty();
        book.failed(lost.id());
        book.failed(kept.id());
        assertThat(book.due(9, LEAST)).containsExactly(due.getFirst());
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
    void takesThePaymentsFeeFromTheDebtAndGivesItBackWithIt() {
        book.found(block);
        mature(height, block.block().id());
        Transaction payment = Transaction.sign(
                DevelopmentKeys.key("carol"),
                Hash.ZERO,
                0,
                new Amount(200),
                new Transfer(ALICE, new Amount(COINS / 4 - 200)));
        book.sign(payment);
        assertThat(book.owedUnits()).isEqualTo(COINS / 2);
        book.failed(payment.id());
        assertThat(book.owedUnits()).isEqualTo(COINS / 4 + COINS / 2);
    }

    @Test
    void paysTheGreatestDebtsFirst() {
        book.found(block);
        mature(height, block.block().id());
        assertThat(book.due(1, LEAST)).containsExactly(new PayoutBook.Payout(BOB, COINS / 2));
    }

    @Test
    void leavesABlockWaitingWhoseHeightWasNotLookedUpAndCountsTheOthersOnce() {
        Block later = TestMiner.candidate(7, BITS);
        book.found(block);
        book.found(new FoundBlock(later, Map.of(ALICE, FoundBlock.WHOLE)));
        mature(height + 1, block.block().id());
        mature(height + 1, block.block().id());
        assertThat(book.owedUnits()).isEqualTo(COINS / 4 + COINS / 2);
        assertThat(book.waitingHeights()).containsExactly(height + 1);
    }

    @Test
    void readsAgainWhateverItTakes() throws RejectedException {
        Map<Address, Long> parts = new TreeMap<>();
        for (int i = 0; i < ShareLedger.MAX_WORKERS; i++) {
            parts.put(new Address(Sha256.hash(new byte[] {3, (byte) i, (byte) (i >> 8)})), 1L);
        }
        int found = 0;
        FoundBlock next = new FoundBlock(TestMiner.candidate(0, BITS), parts);
        while (book.hasPlaceFor(next)) {
            book.found(next);
            found++;
            next = new FoundBlock(TestMiner.candidate(found, BITS), parts);
        }
        assertThat(found).isEqualTo(128);
        Encoder out = new Encoder(1 << 12);
        book.encode(out);
        assertThat(PayoutBook.decode(new Decoder(out.toBytes())).waitingHeights())
                .hasSize(found);
    }

    @Test
    void hasAPlaceForNobodyNewWhenTooManyAreOwed() {
        Map<Address, Long> parts = new TreeMap<>();
        for (int i = 0; i < 1 << 18; i++) {
            parts.put(new Address(Sha256.hash(new byte[] {(byte) i, (byte) (i >> 8), (byte) (i >> 16)})), 1L);
        }
        FoundBlock many = new FoundBlock(TestMiner.candidate(6, BITS), parts);
        book.found(many);
        assertThat(book.hasPlaceFor(ALICE)).isTrue();
        mature(height, many.block().id());
        assertThat(book.hasPlaceFor(ALICE)).isFalse();
        assertThat(book.hasPlaceFor(parts.keySet().iterator().next())).isTrue();
    }

    @Test
    void keepsNoDebtsOfNothing() {
        FoundBlock tiny = new FoundBlock(TestMiner.candidate(6, BITS), Map.of(ALICE, 1L));
        book.found(tiny);
        book.mature(height, Map.of(height, tiny.block().id()), any -> 5);
        Encoder owing = new Encoder(64);
        book.encode(owing);
        Encoder nothing = new Encoder(64);
        PayoutBook paid = new PayoutBook();
        paid.found(new FoundBlock(tiny.block(), Map.of()));
        paid.mature(height, Map.of(height, tiny.block().id()), any -> 5);
        paid.encode(nothing);
        assertThat(owing.toBytes()).isEqualTo(nothing.toBytes());
    }

    @Test
    void savesUpWhatIsNotWorthATransaction() {
        FoundBlock little = new FoundBlock(TestMiner.candidate(6, BITS), Map.of(ALICE, 100_000L));
        book.found(little);
        mature(height, little.block().id());
        assertThat(book.due(9, LEAST)).isEmpty();
        book.found(little);
        mature(height, little.block().id());
        assertThat(book.due(9, LEAST)).containsExactly(new PayoutBook.Payout(ALICE, 2 * COINS / 10_000));
    }

    private void mature(long matureHeight, Hash canonical) {
        book.mature(matureHeight, Map.of(height, canonical), any -> COINS);
    }
}
