package synod.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import synod.chain.Amount;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.Rejection;
import synod.chain.codec.Decoder;
import synod.chain.stake.SlotClaim;
import synod.chain.stake.StakeEvidence;
import synod.chain.transaction.EvidenceReport;
import synod.chain.transaction.Transaction;
import synod.crypto.Signature;
import synod.crypto.SigningKey;
import synod.node.rpc.port.SignaturePort.Check;
import synod.node.wire.WireSamples;

/** Signatures of many transactions at once. */
class SignatureCheckerTest {
    private final SignatureChecker checker = new SignatureChecker(WireSamples.CHAIN);

    private static Transaction forged(Transaction transaction) throws RejectedException {
        byte[] encoded = transaction.encode();
        encoded[encoded.length - 1] ^= 1;
        return Transaction.decode(new Decoder(encoded));
    }

    @Test
    void oneBadSignatureAmongManyIsFoundWhereverItIs() throws RejectedException {
        for (int bad : new int[] {0, 7, 39, 64, 149}) {
            // More than one thread takes at a time.
            List<Transaction> block = new ArrayList<>(WireSamples.transactions(150));
            Transaction forged = forged(block.get(bad));
            block.set(bad, forged);
            assertThat(checker.check(block))
                    .hasValueSatisfying(rejection ->
                            assertThat(rejection.detail()).contains(forged.id().toString()))
                    .map(Rejection::reason)
                    .contains(Reason.BAD_SIGNATURE);
        }
        assertThat(checker.check(WireSamples.transactions(150))).isEmpty();
    }

    @Test
    void aGoodOneThatWasSeenDoesNotMakeAForgeryOfItGood() throws RejectedException {
        Transaction good = WireSamples.transaction(1);
        assertThat(checker.check(List.of(good))).isEmpty();
        assertThat(checker.check(List.of(forged(good)))).isPresent();
        assertThat(checker.check(List.of(good))).isEmpty();
    }

    @Test
    void aBadOneStaysBad() throws RejectedException {
        Transaction forged = forged(WireSamples.transaction(1));
        assertThat(checker.check(List.of(forged))).isPresent();
        assertThat(checker.check(List.of(forged))).isPresent();
    }

    @Test
    void anotherChainsTransactionIsNotGoodHere() {
        SignatureChecker elsewhere = new SignatureChecker(WireSamples.hash(77));
        assertThat(elsewhere.check(List.of(WireSamples.transaction(1)))).isPresent();
    }

    @Test
    void whatIsCheckedTogetherHasEachItsOwnOutcome() throws RejectedException {
        Check first = checker.begin(WireSamples.transactions(3));
        Check forged = checker.begin(List.of(WireSamples.transaction(3), forged(WireSamples.transaction(4))));
        Check last = checker.begin(List.of(WireSamples.transaction(4)));
        assertThat(last.await()).isEmpty();
        assertThat(forged.await().map(Rejection::reason)).contains(Reason.BAD_SIGNATURE);
        assertThat(first.await()).isEmpty();
    }

    @Test
    void whoChecksAtTheSameTimeGetsHisOwnOutcome() throws Exception {
        List<Transaction> transactions = WireSamples.transactions(64);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> outcomes = new ArrayList<>();
            for (int i = 0; i < transactions.size(); i++) {
                Transaction one = i % 8 == 5 ? forged(transactions.get(i)) : transactions.get(i);
                outcomes.add(threads.submit(() -> checker.check(List.of(one)).isEmpty()));
            }
            for (int i = 0; i < outcomes.size(); i++) {
                assertThat(outcomes.get(i).get()).as("transaction %d", i).isEqualTo(i % 8 != 5);
            }
        }
    }

    @Test
    void signaturesInsideAPayloadCountAsWell() {
        SigningKey accused = SigningKey.of(WireSamples.hash(1).bytes());
        SlotClaim first = new SlotClaim(5, WireSamples.hash(2));
        SlotClaim second = new SlotClaim(5, WireSamples.hash(3));
        Signature good = accused.sign(first.signedBytes(WireSamples.CHAIN));
        Signature alsoGood = accused.sign(second.signedBytes(WireSamples.CHAIN));
        Signature ofAnotherChain = accused.sign(second.signedBytes(WireSamples.hash(77)));

        assertThat(checker.check(List.of(report(accused, first, good, second, alsoGood))))
                .isEmpty();
        for (Signature bad : List.of(good, ofAnotherChain)) {
            Transaction slander = report(accused, first, good, second, bad);
            assertThat(checker.check(List.of(WireSamples.transaction(1), slander, WireSamples.transaction(2))))
                    .hasValueSatisfying(rejection ->
                            assertThat(rejection.detail()).contains(slander.id().toString()))
                    .map(Rejection::reason)
                    .contains(Reason.BAD_SIGNATURE);
            assertThat(checker.check(List.of(slander))).isPresent();
        }
        assertThat(checker.check(List.of(WireSamples.transaction(1)))).isEmpty();
    }

    private static Transaction report(
            SigningKey accused,
            SlotClaim first,
            Signature firstSignature,
            SlotClaim second,
            Signature secondSignature) {
        return Transaction.sign(
                SigningKey.of(WireSamples.hash(4).bytes()),
                WireSamples.CHAIN,
                0,
                new Amount(1_000),
                new EvidenceReport(
                        new StakeEvidence(accused.publicKey(), first, firstSignature, second, secondSignature)));
    }
}
