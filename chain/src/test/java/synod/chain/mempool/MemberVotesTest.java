package synod.chain.mempool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import synod.chain.Amount;
import synod.chain.LedgerRules;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.chain.state.Account;
import synod.chain.transaction.MemberVote;
import synod.chain.transaction.MemberVote.Change;
import synod.chain.transaction.Transaction;
import synod.chain.validator.ValidatorSet;
import synod.crypto.Hash;
import synod.crypto.SigningKey;

/** Votes that the members do not allow must not wait: what waits is taken for work, and no block can hold them. */
class MemberVotesTest {
    private static final List<SigningKey> KEYS = IntStream.rangeClosed(1, 4)
            .mapToObj(seed -> {
                byte[] bytes = new byte[SigningKey.LENGTH];
                Arrays.fill(bytes, (byte) seed);
                return SigningKey.of(bytes);
            })
            .toList();

    private ValidatorSet members = members(3);
    private final Mempool mempool = new Mempool(
            new LedgerRules(1 << 20, 1, Amount.ZERO, 0, 0),
            MempoolLimits.DEFAULT,
            _ -> new Account(Amount.ofCoins(10), 0),
            () -> members);

    private static ValidatorSet members(int count) {
        return ValidatorSet.ofEqual(
                KEYS.subList(0, count).stream().map(SigningKey::publicKey).toList());
    }

    private static Verified<Transaction> vote(int voter, Change change, int about) {
        return new Verified<>(Transaction.sign(
                KEYS.get(voter),
                Hash.ZERO,
                0,
                new Amount(1_000),
                new MemberVote(change, KEYS.get(about).publicKey())));
    }

    @Test
    void refusesTheVoteOfAKeyThatIsNoMember() {
        assertThat(mempool.offer(vote(3, Change.ADD, 3), true).map(Rejection::reason))
                .contains(Reason.NOT_A_MEMBER);
        assertThat(mempool.select().hasNext()).isFalse();
    }

    @Test
    void refusesToVoteOutTheLastMember() {
        members = members(1);
        assertThat(mempool.offer(vote(0, Change.REMOVE, 0), true).map(Rejection::reason))
                .contains(Reason.BAD_VOTE);
    }

    @Test
    void dropsTheVotesOfAMemberThatIsOneNoLonger() {
        assertThat(mempool.offer(vote(2, Change.ADD, 3), true)).isEmpty();
        assertThat(mempool.offer(vote(1, Change.ADD, 3), false)).isEmpty();
        assertThat(mempool.headMoved(List.of(), List.of())).isEmpty();
        members = members(2);
        assertThat(mempool.headMoved(List.of(), List.of()))
                .singleElement()
                .satisfies(dropped -> assertThat(dropped.rejection().reason()).isEqualTo(Reason.NOT_A_MEMBER));
        assertThat(mempool.count()).isEqualTo(1);
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
