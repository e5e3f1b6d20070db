package synod.consensus.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Ballot;
import synod.consensus.Evidence;
import synod.consensus.Vote;
import synod.crypto.Hash;

class VoteTallyTest {
    private final ValidatorSet members = Ballots.members(4);
    private final VoteTally tally = new VoteTally(members);

    private void add(int number, long view, Hash block) {
        assertThat(tally.add(Ballots.vote(members, number, view, block))).isEmpty();
    }

    @Test
    void countsAMemberOnce() {
        add(0, 0, Ballots.X);
        add(0, 0, Ballots.X);
        add(1, 0, Ballots.X);
        assertThat(tally.of(0, Ballots.X)).hasSize(2);
    }

    @Test
    void countsVotesOfOneViewAndBlockOnly() {
        add(0, 0, Ballots.X);
        add(1, 1, Ballots.X);
        add(2, 0, Ballots.Y);
        assertThat(tally.of(0, Ballots.X)).hasSize(1);
    }

    @Test
    void doesNotCountStrangers() {
        tally.add(Ballots.vote(HashSigner.named("stranger"), Ballot.Kind.COMMIT, 7, 0, Ballots.X));
        assertThat(tally.of(0, Ballots.X)).isEmpty();
    }

    @Test
    void keepsTheVoteOfTheHighestView() {
        add(0, 2, Ballots.X);
        add(0, 1, Ballots.Y);
        assertThat(tally.of(2, Ballots.X)).hasSize(1);
        assertThat(tally.of(1, Ballots.Y)).isEmpty();
    }

    @Test
    void keepsTheFirstOfTwoThatContradictAndGivesTheProof() {
        Vote first = Ballots.vote(members, 0, 0, Ballots.X);
        Vote second = Ballots.vote(members, 0, 0, Ballots.Y);
        tally.add(first);
        assertThat(tally.add(second)).contains(new Evidence(first, second));
        assertThat(tally.of(0, Ballots.X)).containsExactly(first);
        assertThat(tally.of(0, Ballots.Y)).isEmpty();
    }
}
