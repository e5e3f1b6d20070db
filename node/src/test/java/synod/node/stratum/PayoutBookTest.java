package synod.node.stratum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
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
        book.paid(first);
        assertThat(book.due(9)).contains(first).hasSize(2);
        book.due(9).forEach(book::paid);
        assertThat(book.due(9)).isEmpty();
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
