package synod.consensus.pos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import synod.chain.RejectedException;
import synod.chain.stake.CheckpointVote;
import synod.chain.stake.SlotClaim;
import synod.chain.stake.StakeEvidence;
import synod.chain.tree.BlockNode;
import synod.consensus.quorum.HashSigner;
import synod.crypto.Sha256;

class BallotBookTest {
    private final StakeChain chain = new StakeChain(1, 1, 1, 1);
    private final BlockNode one = chain.add(chain.root(), 1, 0);
    private final BlockNode two = chain.add(chain.root(), 2, 1);
    private final BallotBook book = new BallotBook();

    @Test
    void countsTheFirstBallotOfEachVoterOnce() {
        CheckpointVote link = chain.link(0, chain.root(), 1, one);
        assertThat(book.add(chain.ballot(0, link), 1)).isInstanceOf(BallotBook.Outcome.Fresh.class);
        assertThat(book.add(chain.ballot(0, link), 1)).isInstanceOf(BallotBook.Outcome.Idle.class);
        assertThat(book.add(chain.ballot(1, link), 1)).isInstanceOf(BallotBook.Outcome.Fresh.class);
        assertThat(book.linksAbove(0).get(link)).hasSize(2);
        assertThat(book.linksAbove(1)).isEmpty();
    }

    @Test
    void noticesADoubleVote() throws RejectedException {
        book.add(chain.ballot(0, chain.link(0, chain.root(), 1, one)), 1);
        requireEvidence(chain.ballot(0, chain.link(0, chain.root(), 1, two)));
        assertThat(book.size()).isEqualTo(1);
    }

    @Test
    void noticesAVoteAroundAnotherWhicheverComesFirst() throws RejectedException {
        book.add(chain.ballot(0, chain.link(1, one, 2, one)), 2);
        requireEvidence(chain.ballot(0, chain.link(0, chain.root(), 3, one)));
        book.add(chain.ballot(1, chain.link(0, chain.root(), 3, one)), 2);
        requireEvidence(chain.ballot(1, chain.link(1, one, 2, one)));
    }

    private void requireEvidence(CheckpointBallot ballot) throws RejectedException {
        BallotBook.Outcome outcome = book.add(ballot, 2);
        assertThat(outcome).isInstanceOf(BallotBook.Outcome.Contradiction.class);
        StakeEvidence evidence = ((BallotBook.Outcome.Contradiction) outcome).evidence();
        evidence.check();
        assertThat(evidence.accused()).isEqualTo(ballot.voter());
        assertThat(evidence.signedMessages(chain.genesis.id()))
                .allMatch(signed -> HashSigner.VERIFIER.verifies(signed.key(), signed.message(), signed.signature()));
    }

    @Test
    void keepsBallotsAboutTheLastEpochsOnly() {
        for (long epoch = 1; epoch < 3 * BallotBook.WINDOW; epoch++) {
            book.add(chain.ballot(0, chain.link(epoch - 1, one, epoch, one)), epoch);
        }
        assertThat(book.size()).isEqualTo(BallotBook.WINDOW);
        assertThat(book.add(chain.ballot(1, chain.link(0, one, 1, one)), 3L * BallotBook.WINDOW))
                .isInstanceOf(BallotBook.Outcome.Idle.class);
        assertThat(book.add(chain.ballot(1, chain.link(0, one, 1_000, one)), 1))
                .as("a clock far ahead")
                .isInstanceOf(BallotBook.Outcome.Idle.class);
    }

    @Test
    void noticesTwoBlocksOfOneSlot() throws RejectedException {
        SlotClaims claims = new SlotClaims();
        assertThat(add(claims, 0, 5, 1)).isEmpty();
        assertThat(add(claims, 0, 5, 1)).as("the same block again").isEmpty();
        assertThat(add(claims, 1, 5, 2)).as("another leader of the slot").isEmpty();
        assertThat(add(claims, 0, 6, 2)).isEmpty();
        add(claims, 0, 5, 3).orElseThrow().check();
    }

    @Test
    void keepsABoundedNumberOfClaims() {
        SlotClaims claims = new SlotClaims();
        for (int slot = 0; slot < 2 * SlotClaims.MAX_CLAIMS; slot++) {
            add(claims, 0, slot, 1);
        }
        assertThat(claims.size()).isEqualTo(SlotClaims.MAX_CLAIMS);
    }

    private Optional<StakeEvidence> add(SlotClaims claims, int validator, long slot, int block) {
        HashSigner signer = chain.signers.get(validator);
        SlotClaim claim = new SlotClaim(slot, Sha256.hash(new byte[] {(byte) block}));
        return claims.add(signer.publicKey(), claim, signer.sign(claim.signedBytes(chain.genesis.id())));
    }
}
