package synod.consensus.pos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import synod.chain.stake.CheckpointVote;
import synod.chain.stake.StakeEvidence;
import synod.chain.tree.BlockNode;
import synod.consensus.Action;
import synod.consensus.Buffer;
import synod.consensus.quorum.HashSigner;
import synod.crypto.PublicKey;

/** Whose contradictions a validator keeps proof of. */
class ContradictionsTest extends OneValidator {
    private void claimsTwice(HashSigner key, long slot) {
        BlockNode other = chain.add(chain.root(), 1, 3);
        arrives(chain.add(chain.block(chain.root(), slot, key, Optional.empty())));
        arrives(chain.add(chain.block(other, slot, key, Optional.empty())));
    }

    private PublicKey validator(int number) {
        return chain.signers.get(number).publicKey();
    }

    private long slotClaims() {
        return engine.buffers().stream()
                .filter(buffer -> buffer.name().equals("slot claims"))
                .mapToLong(Buffer::size)
                .sum();
    }

    @Test
    void strangersCannotFillTheFileOrTheMemoryOfClaims() {
        start();
        now = StakeChain.timeOf(8);
        for (int i = 0; i < EvidenceFile.MAX_SIZE + 10; i++) {
            claimsTwice(HashSigner.named("stranger " + i), 5);
        }
        assertThat(engine.stakeEvidence()).isEmpty();
        assertThat(slotClaims()).isLessThan(10);
        claimsTwice(chain.signers.get(1), 6);
        assertThat(engine.stakeEvidence())
                .singleElement()
                .satisfies(evidence -> assertThat(evidence.accused()).isEqualTo(validator(1)));
        assertThat(done(Action.Submit.class)).isNotEmpty();
    }

    @Test
    void whoIsJailedIsNotWorthMoreProof() {
        start();
        now = StakeChain.timeOf(8);
        chain.jail(validator(1));
        claimsTwice(chain.signers.get(1), 5);
        assertThat(engine.stakeEvidence()).isEmpty();
    }

    @Test
    void aVoteThatStandsInACertificateOnlyIsComparedToo() {
        start();
        BlockNode one = branch(chain.root(), 1, 1, 2);
        BlockNode other = branch(chain.root(), 2, 3);
        now = StakeChain.timeOf(7);
        arrives(one);
        arrives(other);
        hears(1, chain.link(0, chain.root(), 1, one));
        arrives(carrying(other, 6, 1, 2, 3));
        assertThat(accused()).containsExactly(validator(1));
        hears(2, chain.link(0, chain.root(), 1, one));
        assertThat(accused())
                .as("whoever says the other vote later")
                .containsExactlyInAnyOrder(validator(1), validator(2));
    }

    @Test
    void soItIsWhereTheVoterHasNoVoteAnyMore() {
        start();
        BlockNode one = branch(chain.root(), 1, 1, 2);
        BlockNode other = branch(chain.root(), 2, 3);
        now = StakeChain.timeOf(7);
        arrives(one);
        hears(1, chain.link(0, chain.root(), 1, one));
        BlockNode hidden = carrying(other, 6, 1, 2, 3);
        chain.unbond(validator(1));
        BlockNode head = one;
        for (int epoch = 1; epoch <= 4; epoch++) {
            head = chain.add(head, 6L * epoch + 1, 0);
            now = StakeChain.timeOf(6L * epoch + 1);
            arrives(head);
        }
        assertThat(accused()).isEmpty();
        arrives(hidden);
        assertThat(accused()).containsExactly(validator(1));
    }

    @Test
    void whatTheOwnBranchSaysIsKnownAfterARestartToo() {
        start();
        now = StakeChain.timeOf(8);
        BlockNode target = branch(chain.root(), 1, 1);
        BlockNode head = carrying(target, 6, 1, 2, 3);
        arrives(head);
        restart(Optional.empty());
        hears(3, chain.link(0, chain.root(), 1, branch(chain.root(), 2, 5)));
        arrives(chain.add(target, 6, 2));
        assertThat(accused()).containsExactlyInAnyOrder(validator(2), validator(3));
    }

    /** A block of validator 2 with the votes of these for the checkpoint that it follows. */
    private BlockNode carrying(BlockNode target, long slot, int... voters) {
        CheckpointVote link = chain.link(0, chain.root(), 1, target);
        return chain.add(chain.block(target, slot, 2, Optional.of(chain.certificate(link, voters))));
    }

    private List<PublicKey> accused() {
        return engine.stakeEvidence().stream().map(StakeEvidence::accused).toList();
    }
}
