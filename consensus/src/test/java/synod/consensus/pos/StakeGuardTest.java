package synod.consensus.pos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import synod.chain.codec.ByteString;
import synod.chain.stake.Checkpoint;
import synod.chain.stake.CheckpointVote;
import synod.consensus.Entry;
import synod.consensus.quorum.HashSigner;
import synod.crypto.Hash;
import synod.crypto.Sha256;

class StakeGuardTest {
    private static final Hash CHAIN = Sha256.hash(new byte[] {1});
    private static final Hash BLOCK = Sha256.hash(new byte[] {2});
    private static final Hash OTHER = Sha256.hash(new byte[] {3});

    private final TreeMap<ByteString, ByteString> disk = new TreeMap<>();

    private StakeGuard guard() {
        return new StakeGuard(HashSigner.named("validator"), CHAIN, disk);
    }

    private void write(Entry entry) {
        disk.put(entry.key(), entry.value());
    }

    private static CheckpointVote vote(long source, long target, Hash block) {
        return new CheckpointVote(new Checkpoint(source, BLOCK), new Checkpoint(target, block));
    }

    @Test
    void claimsASlotForOneBlockOnlyAlsoAfterARestart() {
        write(guard().claim(5, BLOCK).entry());
        StakeGuard again = guard();
        assertThat(again.mayClaim(5)).isFalse();
        assertThat(again.claim(5, BLOCK).signature()).isNotNull();
        assertThatThrownBy(() -> again.claim(5, OTHER)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> again.claim(4, OTHER)).isInstanceOf(IllegalStateException.class);
        assertThat(again.mayClaim(6)).isTrue();
    }

    @Test
    void votesForOneTargetAnEpochAndNeverAroundAVote() {
        write(guard().vote(vote(3, 5, BLOCK)).entry());
        StakeGuard again = guard();
        assertThat(again.mayVote(vote(3, 5, BLOCK))).as("the same again").isTrue();
        assertThat(again.mayVote(vote(3, 5, OTHER))).as("a double vote").isFalse();
        assertThat(again.mayVote(vote(2, 6, BLOCK))).as("one that surrounds it").isFalse();
        assertThat(again.mayVote(vote(3, 4, BLOCK))).as("one before it").isFalse();
        assertThat(again.mayVote(vote(3, 6, BLOCK))).isTrue();
        assertThatThrownBy(() -> again.vote(vote(2, 6, BLOCK))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void ofTwoHistoriesTheHigherOfEachCountsAndWhatDiffersIsNotSignedAgain() {
        SigningHistory here = SigningHistory.NONE.claimed(5, BLOCK).voted(vote(1, 2, BLOCK));
        SigningHistory there = SigningHistory.NONE.claimed(5, OTHER).voted(vote(0, 3, BLOCK));
        SigningHistory both = here.with(there);
        assertThat(both).isEqualTo(there.with(here));
        assertThat(both.slot()).isEqualTo(5);
        assertThat(both.block()).isEmpty();
        assertThat(both.sourceEpoch()).isEqualTo(1);
        assertThat(both.targetEpoch()).isEqualTo(3);
        write(both.entry());
        assertThat(guard().history()).isEqualTo(both);
        assertThatThrownBy(() -> guard().claim(5, BLOCK)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aKeyThatNeverSignedMayDoAnything() {
        assertThat(guard().mayClaim(0)).isTrue();
        assertThat(guard().mayVote(vote(0, 1, BLOCK))).isTrue();
    }
}
