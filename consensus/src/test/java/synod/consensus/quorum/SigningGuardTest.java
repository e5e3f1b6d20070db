package synod.consensus.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import synod.chain.codec.ByteString;
import synod.consensus.Ballot.Kind;
import synod.consensus.Entry;
import synod.consensus.Vote;
import synod.crypto.Hash;

class SigningGuardTest {
    private final TreeMap<ByteString, ByteString> disk = new TreeMap<>();
    private SigningGuard guard = restarted();

    private SigningGuard restarted() {
        return new SigningGuard(HashSigner.named("member"), Ballots.CHAIN, disk);
    }

    private Vote vote(Kind kind, long height, long view, Hash block) {
        SigningGuard.GuardedVote guarded = guard.vote(kind, height, view, block);
        write(guarded.entry());
        return guarded.vote();
    }

    private void write(Entry entry) {
        disk.put(entry.key(), entry.value());
    }

    private void refuses(Kind kind, long height, long view, Hash block) {
        assertThatThrownBy(() -> guard.vote(kind, height, view, block)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void signsWhatItIsAskedTo() {
        Vote vote = vote(Kind.PREPARE, 5, 1, Ballots.X);
        assertThat(vote.isSigned(HashSigner.VERIFIER)).isTrue();
        assertThat(vote.ballot().block()).isEqualTo(Ballots.X);
    }

    @Test
    void signsTheSameBallotAgainButNoOtherOfItsKindHeightAndView() {
        for (Kind kind : Kind.values()) {
            Vote first = vote(kind, 5, 1, Ballots.X);
            assertThat(vote(kind, 5, 1, Ballots.X)).isEqualTo(first);
            refuses(kind, 5, 1, Ballots.Y);
        }
    }

    @Test
    void mayVoteOtherwiseInAHigherViewAndAtAHigherHeightInALowerView() {
        vote(Kind.PREPARE, 5, 1, Ballots.X);
        vote(Kind.PREPARE, 5, 2, Ballots.Y);
        vote(Kind.PREPARE, 6, 0, Ballots.X);
    }

    @Test
    void refusesLowerViewsThanItVotedInAndLowerHeights() {
        vote(Kind.COMMIT, 5, 2, Ballots.X);
        refuses(Kind.PREPARE, 5, 1, Ballots.X);
        refuses(Kind.PREPARE, 4, 9, Ballots.X);
    }

    @Test
    void keepsItsPromise() {
        write(guard.promise(5, 3));
        refuses(Kind.PREPARE, 5, 2, Ballots.X);
        assertThatThrownBy(() -> guard.promise(5, 2)).isInstanceOf(IllegalStateException.class);
        vote(Kind.PREPARE, 5, 3, Ballots.X);
    }

    @Test
    void remembersAllThatAfterARestart() {
        vote(Kind.PREPARE, 5, 1, Ballots.X);
        write(guard.promise(5, 3));
        guard = restarted();
        assertThat(guard.floor(5)).contains(3L);
        assertThat(guard.floor(6)).isEmpty();
        assertThat(guard.voted(Kind.PREPARE, 5, 1)).contains(Ballots.X);
        refuses(Kind.PREPARE, 5, 2, Ballots.X);
        refuses(Kind.COMMIT, 4, 9, Ballots.X);
    }

    @Test
    void stopsAtAnEntryThatItDidNotWrite() {
        write(guard.promise(5, 3));
        disk.replaceAll((_, _) -> ByteString.of((byte) 1));
        assertThatThrownBy(this::restarted).isInstanceOf(IllegalStateException.class);
    }
}
