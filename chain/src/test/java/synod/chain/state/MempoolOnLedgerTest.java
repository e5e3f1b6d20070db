package synod.chain.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.chain.mempool.Dropped;
import synod.chain.mempool.Mempool;
import synod.chain.mempool.MempoolLimits;
import synod.chain.stake.StakeEvidence;
import synod.chain.store.MemoryKeyValueStore;
import synod.chain.transaction.Anchor;
import synod.chain.transaction.EvidenceReport;
import synod.chain.transaction.MemberVote.Change;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Transfer;
import synod.chain.transaction.Unbond;
import synod.crypto.Address;
import synod.crypto.SigningKey;

/**
 * What the ledger's head does not allow must not wait: it costs its sender nothing, is taken for work, holds up what comes
 * behind it, and no block can hold it.
 */
class MempoolOnLedgerTest {
    private static final Amount FEE = new Amount(1_000);

    private static List<Reason> reasons(List<Dropped> dropped) {
        return dropped.stream().map(one -> one.rejection().reason()).toList();
    }

    /** Accounts 0 to 2 are members, 3 is none. */
    @Nested
    class Votes {
        private final LedgerFixture fixture = new LedgerFixture(LedgerFixture.RULES, 4, 3);
        private final Ledger ledger = fixture.open(new MemoryKeyValueStore());
        private final Mempool mempool =
                new Mempool(LedgerFixture.RULES, MempoolLimits.DEFAULT, ledger, ledger::tryOnHead);

        private Verified<Transaction> vote(int voter, Change change, int about) {
            return new Verified<>(fixture.vote(voter, 0, change, fixture.publicKey(about)));
        }

        @Test
        void refusesTheVoteOfAKeyThatIsNoMember() {
            assertThat(mempool.offer(vote(3, Change.ADD, 3), true).map(Rejection::reason))
                    .contains(Reason.NOT_A_MEMBER);
            assertThat(mempool.select().hasNext()).isFalse();
        }

        @Test
        void dropsTheVotesOfAMemberThatIsOneNoLonger() throws RejectedException {
            assertThat(mempool.offer(vote(2, Change.ADD, 3), true)).isEmpty();
            Block removal = fixture.draft(
                    ledger,
                    Address.NONE,
                    List.of(
                            vote(0, Change.REMOVE, 2).value(),
                            vote(1, Change.REMOVE, 2).value()));
            ledger.push(removal);
            assertThat(reasons(mempool.applied(removal))).containsExactly(Reason.NOT_A_MEMBER);
            assertThat(mempool.count()).isZero();
        }

        @Test
        void dropsWhatComesToBeNextAndIsForbidden() throws RejectedException {
            Verified<Transaction> first = new Verified<>(fixture.vote(0, 0, Change.ADD, fixture.publicKey(3)));
            Transaction anchor = fixture.sign(3, 0, FEE, new Anchor(LedgerFixture.hash("document"), ""));
            Transaction again = fixture.sign(3, 1, FEE, new Anchor(LedgerFixture.hash("document"), ""));
            assertThat(mempool.offer(first, true)).isEmpty();
            assertThat(mempool.offer(new Verified<>(anchor), true)).isEmpty();
            assertThat(mempool.offer(new Verified<>(again), true)).isEmpty();
            Block block = fixture.draft(ledger, Address.NONE, List.of(anchor));
            ledger.push(block);
            assertThat(reasons(mempool.applied(block))).containsExactly(Reason.ALREADY_ANCHORED);
            assertThat(mempool.inOrder(9)).containsExactly(first.value());
        }

        @Test
        void whatItsSenderCannotPayAnyMoreStays() throws RejectedException {
            SigningKey poor = SigningKey.of(LedgerFixture.hash("poor").bytes());
            Block income = fixture.draft(
                    ledger,
                    Address.NONE,
                    List.of(fixture.sign(3, 0, FEE, new Transfer(Address.of(poor.publicKey()), Amount.ofCoins(1)))));
            ledger.push(income);
            Verified<Transaction> anchor = new Verified<>(Transaction.sign(
                    poor, fixture.genesis.id(), 0, FEE, new Anchor(LedgerFixture.hash("document"), "")));
            assertThat(mempool.offer(anchor, true)).isEmpty();
            ledger.pop();
            mempool.headMoved(income.transactions().stream().map(Verified::new).toList(), List.of());
            Block other = fixture.draft(
                    ledger, Address.NONE, List.of(vote(0, Change.ADD, 3).value()));
            ledger.push(other);
            mempool.refused(anchor.value(), new Rejection(Reason.INSUFFICIENT_BALANCE, "the income is undone"));
            mempool.applied(other);
            assertThat(mempool.transaction(anchor.value().id())).isPresent();
        }

        @Test
        void whatAnExecutionRefusesForGoodLeaves() {
            Verified<Transaction> vote = vote(1, Change.ADD, 3);
            mempool.offer(vote, true);
            mempool.refused(vote.value(), new Rejection(Reason.NOT_A_MEMBER, "the members changed meanwhile"));
            assertThat(mempool.select().hasNext()).isFalse();
            assertThat(mempool.count()).isZero();
        }
    }

    /** Accounts 0 to 2 have stake, 3 and 4 have none. */
    @Nested
    class Stake {
        private final StakeFixture fixture = new StakeFixture(5, 3);
        private final Ledger ledger = fixture.open();
        private final Mempool mempool =
                new Mempool(StakeFixture.RULES, MempoolLimits.DEFAULT, ledger, ledger::tryOnHead);

        private void assertRefused(Reason reason, Transaction transaction) {
            assertThat(mempool.offer(new Verified<>(transaction), false).map(Rejection::reason))
                    .contains(reason);
        }

        private Transaction offered(Transaction transaction) {
            assertThat(mempool.offer(new Verified<>(transaction), false)).isEmpty();
            return transaction;
        }

        private Transaction report(int reporter, int accused) {
            return fixture.report(ledger, reporter, accused);
        }

        @Test
        void refusesToUnbondMoreThanThereIs() {
            assertRefused(Reason.BAD_STAKE, fixture.unbond(ledger, 3, new Amount(1)));
            assertRefused(Reason.BAD_STAKE, fixture.unbond(ledger, 0, Amount.ofCoins(101)));
            offered(fixture.unbond(ledger, 0, Amount.ofCoins(100)));
        }

        @Test
        void refusesToBondLessThanAValidatorMustHave() {
            assertRefused(Reason.BAD_STAKE, fixture.bond(ledger, 3, Amount.ofCoins(9)));
            offered(fixture.bond(ledger, 3, Amount.ofCoins(10)));
        }

        @Test
        void refusesReportsAgainstWhoHasNoStakeOrIsJailed() {
            assertRefused(Reason.BAD_EVIDENCE, report(3, 4));
            fixture.push(ledger, 0, 1, report(3, 1));
            assertRefused(Reason.BAD_EVIDENCE, report(4, 1));
        }

        @Test
        void theOtherReportsLeaveWhenOneIsIncluded() {
            Transaction first = offered(report(0, 2));
            Transaction other = offered(report(3, 2));
            Transaction aboutSomebodyElse = offered(report(4, 1));
            List<Dropped> dropped = mempool.applied(fixture.push(ledger, 0, 1, first));
            assertThat(dropped).extracting(Dropped::transaction).containsExactly(other);
            assertThat(reasons(dropped)).containsExactly(Reason.BAD_EVIDENCE);
            assertThat(mempool.inOrder(9)).containsExactly(aboutSomebodyElse);
            assertThat(mempool.nextNonce(fixture.address(3))).isZero();
        }

        @Test
        void whatTheSendersOwnTransactionBeforeItAllowsMayWait() {
            Transaction bond = offered(fixture.bond(ledger, 3, Amount.ofCoins(20)));
            Transaction unbond = offered(fixture.sign(3, 1, new Unbond(Amount.ofCoins(10))));
            assertThat(mempool.applied(fixture.push(ledger, 0, 1, bond))).isEmpty();
            assertThat(mempool.inOrder(9)).containsExactly(unbond);
        }

        @Test
        void aReportOfTwoBlocksThatAreOneIsRefusedAlone() {
            StakeEvidence evidence = fixture.twoBlocks(1, 4);
            EvidenceReport same = new EvidenceReport(new StakeEvidence(
                    evidence.accused(),
                    evidence.first(),
                    evidence.firstSignature(),
                    evidence.first(),
                    evidence.firstSignature()));
            assertRefused(Reason.BAD_EVIDENCE, fixture.sign(ledger, 3, same));
        }
    }
}
