package synod.consensus.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import synod.chain.RejectedException;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Evidence;

class EvidenceBookTest {
    private final ValidatorSet members = Ballots.members(4);
    private final TreeMap<ByteString, ByteString> disk = new TreeMap<>();
    private final EvidenceBook book = new EvidenceBook(Ballots.CHAIN, disk);

    private Evidence against(int number, long view) {
        return new Evidence(
                Ballots.vote(members, number, view, Ballots.X), Ballots.vote(members, number, view, Ballots.Y));
    }

    private void add(Evidence evidence) {
        book.add(evidence).ifPresent(entry -> disk.put(entry.key(), entry.value()));
    }

    @Test
    void keepsTheFirstAgainstEachMember() {
        add(against(1, 0));
        add(against(1, 2));
        add(against(3, 0));
        assertThat(book.all()).containsExactly(against(1, 0), against(3, 0));
    }

    @Test
    void knowsItAllAfterARestart() {
        disk.put(ByteString.of((byte) 'z'), ByteString.of((byte) 1));
        add(against(1, 0));
        add(against(3, 0));
        assertThat(new EvidenceBook(Ballots.CHAIN, disk).all()).isEqualTo(book.all());
    }

    @Test
    void evidenceIsReadAsItWasWrittenAndProvesTheContradiction() throws RejectedException {
        Evidence evidence = against(2, 5);
        assertThat(Evidence.decode(new Decoder(evidence.encode()), Ballots.CHAIN))
                .isEqualTo(evidence);
        assertThat(evidence.isProof(HashSigner.VERIFIER)).isTrue();
        assertThat(evidence.isProof((_, _, _) -> false)).isFalse();
    }

    @Test
    void votesThatDoNotContradictEachOtherAreNoEvidence() {
        var x = Ballots.vote(members, 1, 0, Ballots.X);
        assertThatThrownBy(() -> new Evidence(x, x)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Evidence(x, Ballots.vote(members, 1, 1, Ballots.Y)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Evidence(x, Ballots.vote(members, 2, 0, Ballots.Y)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
