package synod.chain.mempool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.LedgerRules;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.chain.transaction.Anchor;
import synod.chain.transaction.Transaction;
import synod.crypto.Hash;

class MempoolTest {
    private static final LedgerRules RULES = new LedgerRules(8 << 10, 1, Amount.ZERO, 0, 0);
    private static final long COIN = Amount.UNITS_PER_COIN;

    private final TestAccounts accounts = new TestAccounts(12, 100 * COIN);
    private final Mempool mempool = new Mempool(RULES, MempoolLimits.DEFAULT, accounts, _ -> Optional.empty());

    @Test
    void ordersByFeePerByteAndEachSendersByNonce() {
        Verified<Transaction> cheapFirst = offered(accounts.transfer(0, 0, 300, 1));
        Verified<Transaction> richSecond = offered(accounts.transfer(0, 1, 9_000, 1));
        Verified<Transaction> middle = offered(accounts.transfer(1, 0, 500, 1));
        Verified<Transaction> small = offered(accounts.pay(2, 0, 490, new Anchor(Hash.ZERO, "")));

        assertThat(selected()).containsExactly(small, middle, cheapFirst, richSecond);
    }

    @Test
    void takesTheEarlierOfTwoWithTheSameFeePerByte() {
        Verified<Transaction> first = offered(accounts.transfer(3, 0, 500, 1));
        Verified<Transaction> second = offered(accounts.transfer(1, 0, 500, 2));

        assertThat(selected()).containsExactly(first, second);
    }

    @Test
    void refusesAFeeBelowTheMinimumAndNamesIt() {
        assertRefused(accounts.transfer(0, 0, TestAccounts.TRANSFER_BYTES - 1, 1), Reason.FEE_TOO_LOW, "0.00000154");
        offered(accounts.transfer(0, 0, TestAccounts.TRANSFER_BYTES, 1));
    }

    @Test
    void refusesContentThatIsNeverAllowed() {
        assertRefused(accounts.transfer(0, 0, 500, 0), Reason.BAD_CONTENT, "");
    }

    @Test
    void refusesANonceThatIsUsed() {
        accounts.set(0, COIN, 5);
        assertRefused(accounts.transfer(0, 4, 500, 1), Reason.NONCE_USED, "next transaction has nonce 5");
    }

    @Test
    void letsANonceBeAheadBySixtyFourOfThoseThatWaitWithoutAGap() {
        offered(accounts.transfer(0, 0, 500, 1));
        assertRefused(accounts.transfer(0, 66, 500, 1), Reason.NONCE_TOO_FAR, "more than 64 ahead");
        offered(accounts.transfer(0, 65, 500, 1));
        offered(accounts.transfer(0, 1, 500, 1));
        offered(accounts.transfer(0, 66, 500, 1));
        assertThat(mempool.nextNonce(accounts.address(0))).isEqualTo(2);
    }

    @Test
    void refusesWhatTheSenderCannotPayBesideAllThatWaits() {
        offered(accounts.transfer(0, 0, 500, 60 * COIN));
        offered(accounts.transfer(0, 7, 500, 30 * COIN));
        assertRefused(
                accounts.transfer(0, 1, 500, 10 * COIN),
                Reason.INSUFFICIENT_BALANCE,
                "it costs 10.000005 with its fee; the sender has 100, of which other waiting transactions take 90.00001");
        offered(accounts.transfer(0, 1, 500, 10 * COIN - 1500));
    }

    @Test
    void refusesAnAmountAndFeeThatTogetherDoNotFit() {
        assertRefused(accounts.transfer(0, 0, Long.MAX_VALUE, Long.MAX_VALUE), Reason.INSUFFICIENT_BALANCE, "");
    }

    @Test
    void replacesForATenthMoreRoundedUp() {
        Verified<Transaction> old = offered(accounts.transfer(0, 0, 1001, 1));
        assertRefused(accounts.transfer(0, 0, 1101, 1), Reason.REPLACEMENT_UNDERPRICED, "at least 0.00001102");
        Verified<Transaction> replacement = offered(accounts.transfer(0, 0, 1102, 1));

        assertThat(selected()).containsExactly(replacement);
        assertThat(mempool.transaction(old.value().id())).isEmpty();
    }

    @Test
    void replacesOnlyIfEachByteStillPaysAsMuch() {
        offered(accounts.pay(0, 0, 1000, new Anchor(Hash.ZERO, "")));
        assertRefused(
                accounts.pay(0, 0, 1100, new Anchor(Hash.ZERO, "x".repeat(80))), Reason.REPLACEMENT_UNDERPRICED, "");
    }

    @Test
    void countsAReplacementOnlyOnceInTheBalance() {
        offered(accounts.transfer(0, 0, 500, 99 * COIN));
        offered(accounts.transfer(0, 0, 600, 99 * COIN));
        assertThat(mempool.count()).isEqualTo(1);
    }

    @Test
    void refusesWhatItHas() {
        Verified<Transaction> known = offered(accounts.transfer(0, 0, 500, 1));
        assertRefused(known, Reason.ALREADY_KNOWN, "");
    }

    @Test
    void makesLocalWhatAClientSubmitsAfterAPeerDid() {
        Verified<Transaction> known = offered(accounts.transfer(0, 0, 500, 1));
        assertThat(mempool.offer(known, true)).isEmpty();
        assertThat(mempool.local()).containsExactly(known);
        assertThat(mempool.offer(known, true).map(Rejection::reason)).contains(Reason.ALREADY_KNOWN);
    }

    @Test
    void keepsTheLocalFlagThroughAReplacementByAPeer() {
        mempool.offer(accounts.transfer(0, 0, 500, 1), true);
        Verified<Transaction> replacement = offered(accounts.transfer(0, 0, 600, 1));
        assertThat(mempool.local()).containsExactly(replacement);
    }

    @Test
    void boundsWhatOneSenderMayHaveWaiting() {
        Mempool small =
                new Mempool(RULES, new MempoolLimits(100, 1 << 20, 100, 1 << 20, 2), accounts, _ -> Optional.empty());
        small.offer(accounts.transfer(0, 0, 500, 1), false);
        small.offer(accounts.transfer(0, 1, 500, 1), true);
        assertThat(small.offer(accounts.transfer(0, 2, 500, 1), false).map(Rejection::reason))
                .contains(Reason.TOO_MANY_PENDING);
        assertThat(small.offer(accounts.transfer(0, 1, 600, 1), false)).isEmpty();
    }

    @Test
    void dropsTheWorstSendersLastForABetterFeeOnly() {
        Mempool full =
                new Mempool(RULES, new MempoolLimits(3, 1 << 20, 3, 1 << 20, 10), accounts, _ -> Optional.empty());
        Verified<Transaction> low = accounts.transfer(0, 0, 500, 1);
        Verified<Transaction> richBehindLow = accounts.transfer(0, 1, 90_000, 1);
        Verified<Transaction> middle = accounts.transfer(1, 0, 600, 1);
        List.of(low, richBehindLow, middle)
                .forEach(each -> assertThat(full.offer(each, false)).isEmpty());

        Rejection refusal = full.offer(accounts.transfer(2, 0, 500, 1), false).orElseThrow();
        assertThat(refusal.reason()).isEqualTo(Reason.MEMPOOL_FULL);
        assertThat(refusal.detail()).contains("3 transactions from peers").contains("pays 3.24 units a byte");

        Verified<Transaction> better = accounts.transfer(2, 0, 501, 1);
        assertThat(full.offer(better, false)).isEmpty();
        assertThat(full.inOrder(9)).containsExactly(middle.value(), better.value(), low.value());
    }

    @Test
    void dropsWhatWaitsForANonceBeforeAnythingReady() {
        Mempool full =
                new Mempool(RULES, new MempoolLimits(2, 1 << 20, 3, 1 << 20, 10), accounts, _ -> Optional.empty());
        Verified<Transaction> ready = accounts.transfer(0, 0, 500, 1);
        full.offer(ready, false);
        full.offer(accounts.transfer(1, 3, 90_000, 1), false);
        assertThat(full.offer(accounts.transfer(2, 5, 80_000, 1), false).map(Rejection::detail))
                .hasValueSatisfying(detail -> assertThat(detail).contains("must still wait for the sender's nonces"));

        Verified<Transaction> other = accounts.transfer(3, 0, 400, 1);
        assertThat(full.offer(other, false)).isEmpty();
        assertThat(full.inOrder(9)).containsExactly(ready.value(), other.value());
    }

    @Test
    void neverDropsALocalTransactionNorWhatItNeeds() {
        Mempool full =
                new Mempool(RULES, new MempoolLimits(1, 1 << 20, 1, 1 << 20, 10), accounts, _ -> Optional.empty());
        Verified<Transaction> needed = accounts.transfer(0, 0, 200, 1);
        Verified<Transaction> local = accounts.transfer(0, 1, 200, 1);
        full.offer(needed, false);
        full.offer(local, true);

        assertThat(full.offer(accounts.transfer(1, 0, 90_000, 1), false).map(Rejection::reason))
                .contains(Reason.MEMPOOL_FULL);
        assertThat(full.offer(accounts.transfer(1, 0, 90_000, 1), true).map(Rejection::detail))
                .hasValueSatisfying(detail -> assertThat(detail).contains("keeps no more for its clients"));
        assertThat(full.inOrder(9)).containsExactly(needed.value(), local.value());
    }

    @Test
    void leavesOutTheRestOfASenderThatIsSkipped() {
        offered(accounts.transfer(0, 0, 900, 1));
        offered(accounts.transfer(0, 1, 900, 1));
        Verified<Transaction> other = offered(accounts.transfer(1, 0, 300, 1));

        Selection selection = mempool.select();
        selection.next();
        selection.skipSender();
        assertThat(selection.next()).isEqualTo(other);
        assertThat(selection.hasNext()).isFalse();
    }

    @Test
    void endsASelectionWhenItChanges() {
        offered(accounts.transfer(0, 0, 900, 1));
        Selection selection = mempool.select();
        offered(accounts.transfer(1, 0, 900, 1));
        assertThatThrownBy(selection::next).isInstanceOf(ConcurrentModificationException.class);
    }

    @Test
    void removesWhatABlockIncludesAndWhatItMakesImpossible() {
        Verified<Transaction> included = offered(accounts.transfer(0, 0, 500, COIN));
        Verified<Transaction> usedUp = offered(accounts.transfer(1, 0, 500, COIN));
        Verified<Transaction> unpayable = offered(accounts.transfer(1, 1, 500, 50 * COIN));
        Verified<Transaction> behind = offered(accounts.transfer(1, 2, 500, 1));
        Verified<Transaction> untouched = offered(accounts.transfer(2, 0, 500, 1));
        Verified<Transaction> rival = accounts.transfer(1, 0, 500, 70 * COIN);
        accounts.set(0, 99 * COIN, 1);
        accounts.set(1, 30 * COIN, 1);

        List<Dropped> dropped = mempool.applied(Blocks.of(included.value(), rival.value()));

        assertThat(dropped)
                .extracting(Dropped::transaction, one -> one.rejection().reason())
                .containsExactlyInAnyOrder(
                        tuple(usedUp.value(), Reason.NONCE_USED),
                        tuple(unpayable.value(), Reason.INSUFFICIENT_BALANCE),
                        tuple(behind.value(), Reason.INSUFFICIENT_BALANCE));
        assertThat(selected()).containsExactly(untouched);
    }

    @Test
    void keepsALocalTransactionThatCannotBePaidUntilItCan() {
        Verified<Transaction> local = accounts.transfer(1, 1, 500, 50 * COIN);
        mempool.offer(local, true);
        Verified<Transaction> rival = accounts.transfer(1, 0, 500, 70 * COIN);
        accounts.set(1, 30 * COIN, 1);
        assertThat(mempool.applied(Blocks.of(rival.value()))).isEmpty();
        assertThat(selected()).isEmpty();
        assertWaits(local, Wait.Cause.INSUFFICIENT_BALANCE, "costs 50.000005, and the sender has 30");

        accounts.set(1, 80 * COIN, 1);
        mempool.applied(Blocks.of());
        assertThat(selected()).containsExactly(local);
    }

    @Test
    void putsBackWhatAReorganisationUndidAndStillKnowsWhatWasLocal() {
        Verified<Transaction> local = accounts.transfer(0, 0, 500, 1);
        Verified<Transaction> remote = accounts.transfer(1, 0, 500, 1);
        Verified<Transaction> onBoth = accounts.transfer(2, 0, 500, 1);
        mempool.offer(local, true);
        mempool.offer(onBoth, true);
        offered(remote);
        for (int owner = 0; owner < 3; owner++) {
            accounts.set(owner, 99 * COIN, 1);
        }
        mempool.applied(Blocks.of(local.value(), remote.value(), onBoth.value()));
        assertThat(mempool.count()).isZero();
        assertThat(mempool.local()).isEmpty();

        accounts.set(0, 100 * COIN, 0);
        accounts.set(1, 100 * COIN, 0);
        List<Dropped> dropped = mempool.headMoved(List.of(local, remote, onBoth), List.of(Blocks.of(onBoth.value())));

        assertThat(dropped).isEmpty();
        assertThat(selected()).containsExactly(local, remote);
        assertThat(mempool.local()).containsExactly(local);
    }

    @Test
    void dropsWhatALostIncomePaidForOnceToldOfTheAccount() {
        Verified<Transaction> payable = offered(accounts.transfer(0, 0, 500, COIN));
        Verified<Transaction> unpayable = offered(accounts.transfer(0, 1, 500, 80 * COIN));
        accounts.set(0, 50 * COIN, 0);
        assertWaits(unpayable, Wait.Cause.INSUFFICIENT_BALANCE, "the sender has 50");

        assertThat(mempool.accountsChanged(List.of(accounts.address(0), accounts.address(1))))
                .extracting(Dropped::transaction)
                .containsExactly(unpayable.value());
        assertThat(selected()).containsExactly(payable);
    }

    @Test
    void dropsWhatComesBackBeyondTheBounds() {
        Mempool small =
                new Mempool(RULES, new MempoolLimits(2, 1 << 20, 1, 1 << 20, 10), accounts, _ -> Optional.empty());
        List<Verified<Transaction>> undone = new ArrayList<>();
        for (int owner = 0; owner < 4; owner++) {
            undone.add(accounts.transfer(owner, 0, 500 + owner, 1));
        }
        List<Dropped> dropped = small.headMoved(undone, List.of());

        assertThat(dropped)
                .extracting(Dropped::transaction)
                .containsExactly(undone.get(0).value(), undone.get(1).value());
        assertThat(dropped)
                .allSatisfy(one -> assertThat(one.rejection().reason()).isEqualTo(Reason.MEMPOOL_FULL));
        assertThat(small.count()).isEqualTo(2);
    }

    @Test
    void saysWhyEachWaits() {
        Verified<Transaction> next = offered(accounts.transfer(0, 0, 500, 1));
        Verified<Transaction> gapped = offered(accounts.transfer(1, 3, 500, 1));

        assertWaits(next, Wait.Cause.NEXT_BLOCK, "0 bytes stand before it");
        assertWaits(gapped, Wait.Cause.NONCE_GAP, "nonce 0 is missing; this one has nonce 3");
        assertThat(mempool.why(Hash.ZERO)).isEmpty();
    }

    @Test
    void saysHowManyBytesStandBeforeWhatDoesNotFitTheNextBlock() {
        int room = RULES.maxBlockBytes() - Block.MAX_BYTES_BESIDE_TRANSACTIONS;
        int fitting = room / TestAccounts.TRANSFER_BYTES;
        for (int nonce = 0; nonce < fitting - 1; nonce++) {
            offered(accounts.transfer(0, nonce, 900, 1));
        }
        Verified<Transaction> last = offered(accounts.transfer(1, 0, 800, 1));
        Verified<Transaction> tooLate = offered(accounts.transfer(2, 0, 700, 1));

        assertWaits(last, Wait.Cause.NEXT_BLOCK, (fitting - 1) * TestAccounts.TRANSFER_BYTES + " bytes");
        assertWaits(tooLate, Wait.Cause.BEHIND_BETTER_FEES, fitting * TestAccounts.TRANSFER_BYTES + " bytes");
    }

    @Test
    void stopsWhenTheHeadMovedWithoutIt() {
        offered(accounts.transfer(0, 0, 500, 1));
        accounts.set(0, COIN, 1);
        assertThatThrownBy(() -> mempool.offer(accounts.transfer(0, 1, 500, 1), false))
                .isInstanceOf(IllegalStateException.class);
    }

    private Verified<Transaction> offered(Verified<Transaction> transaction) {
        assertThat(mempool.offer(transaction, false)).isEmpty();
        return transaction;
    }

    private void assertRefused(Verified<Transaction> transaction, Reason reason, String detail) {
        Optional<Rejection> rejection = mempool.offer(transaction, false);
        assertThat(rejection.map(Rejection::reason)).contains(reason);
        assertThat(rejection.orElseThrow().detail()).contains(detail);
    }

    private void assertWaits(Verified<Transaction> transaction, Wait.Cause cause, String detail) {
        Wait wait = mempool.why(transaction.value().id()).orElseThrow();
        assertThat(wait.cause()).isEqualTo(cause);
        assertThat(wait.detail()).contains(detail);
    }

    private List<Verified<Transaction>> selected() {
        List<Verified<Transaction>> selected = new ArrayList<>();
        mempool.select().forEachRemaining(selected::add);
        return selected;
    }
}
