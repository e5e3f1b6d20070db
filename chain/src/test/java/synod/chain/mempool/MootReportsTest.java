package synod.chain.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import synod.chain.Amount;
import synod.chain.LedgerRules;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.chain.stake.Ratio;
import synod.chain.stake.SlotClaim;
import synod.chain.stake.SlotClock;
import synod.chain.stake.StakeEvidence;
import synod.chain.stake.StakeRules;
import synod.chain.transaction.EvidenceReport;
import synod.chain.transaction.Transaction;
import synod.chain.transaction.Unbond;
import synod.chain.validator.ValidatorSet;
import synod.crypto.Sha256;
import synod.crypto.SigningKey;

/** Of many reports about one validator one counts, and the others hold nobody up. */
class MootReportsTest {
    private static final Ratio HALF = new Ratio(1, 2);
    private static final LedgerRules RULES = new LedgerRules(8 << 10, 1, Amount.ZERO, 0, 0)
            .withStake(new StakeRules(new SlotClock(0, 1_000, 10), HALF, 3, HALF, HALF, new Amount(1)));

    private final TestAccounts accounts = new TestAccounts(4, 1_000_000);
    private final Mempool mempool = new Mempool(RULES, MempoolLimits.DEFAULT, accounts, () -> ValidatorSet.EMPTY);

    private Verified<Transaction> report(int reporter, long nonce, int accused) {
        SigningKey key = SigningKey.of(Sha256.hash(new byte[] {(byte) accused}).bytes());
        SlotClaim first = new SlotClaim(1, Sha256.hash(new byte[] {1}));
        SlotClaim second = new SlotClaim(1, Sha256.hash(new byte[] {2}));
        return accounts.pay(
                reporter,
                nonce,
                900,
                new EvidenceReport(new StakeEvidence(
                        key.publicKey(),
                        first,
                        key.sign(first.signedBytes(TestAccounts.CHAIN)),
                        second,
                        key.sign(second.signedBytes(TestAccounts.CHAIN)))));
    }

    private Verified<Transaction> offered(Verified<Transaction> transaction) {
        assertThat(mempool.offer(transaction, true)).isEmpty();
        return transaction;
    }

    @Test
    void theOthersLeaveWhenOneIsIncluded() {
        Verified<Transaction> first = offered(report(0, 0, 50));
        Verified<Transaction> other = offered(report(1, 0, 50));
        Verified<Transaction> aboutSomebodyElse = offered(report(2, 0, 51));

        accounts.set(0, 1_000_000, 1);
        List<Dropped> dropped = mempool.applied(Blocks.of(first.value()));

        assertThat(dropped).extracting(Dropped::transaction).containsExactly(other.value());
        assertThat(dropped.getFirst().rejection().reason()).isEqualTo(Reason.BAD_EVIDENCE);
        assertThat(mempool.inOrder(9)).containsExactly(aboutSomebodyElse.value());
        assertThat(mempool.nextNonce(accounts.address(1))).isZero();
    }

    @Test
    void whatTheStakeDoesNotAllowLeavesWhenABlockWasToTakeIt() {
        Verified<Transaction> unbond = offered(accounts.pay(0, 0, 900, new Unbond(new Amount(5))));
        Verified<Transaction> transfer = offered(accounts.transfer(1, 0, 900, 5));

        mempool.refused(unbond.value(), new Rejection(Reason.BAD_STAKE, "nothing bonded"));
        mempool.refused(transfer.value(), new Rejection(Reason.INSUFFICIENT_BALANCE, "too little"));

        assertThat(mempool.inOrder(9)).containsExactly(transfer.value());
        assertThat(mempool.nextNonce(accounts.address(0))).isZero();
    }

    @Test
    void ofThoseThatCannotPayTheAccountIsLookedAtAgain() {
        Verified<Transaction> transfer = accounts.transfer(1, 0, 900, 5);
        assertThat(mempool.offer(transfer, false)).isEmpty();
        accounts.set(1, 10, 0);
        mempool.refused(transfer.value(), new Rejection(Reason.INSUFFICIENT_BALANCE, "too little"));
        assertThat(mempool.inOrder(9)).isEmpty();
    }
}
