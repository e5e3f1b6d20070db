package synod.consensus.pos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import synod.chain.stake.CheckpointVote;
import synod.chain.tree.BlockNode;
import synod.consensus.Action;
import synod.consensus.Event;
import synod.consensus.quorum.HashSigner;

/** What certificates for blocks that were never executed can do to a validator, and what they must. */
class PromiseTest extends OneValidator {
    private static final HashSigner STRANGER = HashSigner.named("stranger");

    private String justified() {
        return engine.status(now).details().getOrDefault("justified", "");
    }

    private void goesOn() {
        int made = done(Action.Publish.class).size();
        long slot = StakeChain.CLOCK.slot(now);
        while (done(Action.Publish.class).size() == made) {
            assertThat(slot - StakeChain.CLOCK.slot(now))
                    .as("slots without a block of its own")
                    .isLessThan(100);
            feed(new Event.TimerFired(StakeChain.timeOf(++slot), PosEngine.SLOT_TIMER));
            sync();
        }
        now = StakeChain.timeOf(slot);
    }

    /** The stake is with other keys for so many epochs, and the old ones sign what they like. */
    private void formerValidatorsSignAfter(int epochs) {
        start();
        List<HashSigner> old = chain.signers;
        List<HashSigner> others = Stream.concat(
                        Stream.of(old.getFirst()),
                        IntStream.range(0, 3).mapToObj(i -> HashSigner.named("newcomer " + i)))
                .toList();
        chain.stakeMovesTo(others);
        BlockNode head = chain.root();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            head = chain.add(head, 6L * epoch, 0);
            now = StakeChain.timeOf(6L * epoch);
            arrives(head);
        }
        assertThat(chain.head()).isEqualTo(head);
        chain.stakeMovesTo(old);
        BlockNode first = chain.breakBlock(chain.add(chain.block(head, 6L * epochs + 1, STRANGER, Optional.empty())));
        CheckpointVote link = chain.link(0, chain.root(), epochs + 1, first);
        JustificationCertificate theirs = chain.certificate(link, 1, 2, 3);
        BlockNode second = chain.add(chain.block(first, 6L * epochs + 6, STRANGER, Optional.of(theirs)));
        chain.stakeMovesTo(others);
        now = StakeChain.timeOf(6L * epochs + 6);
        assertThat(chain.consensus.checkHeader(second.header(), second.seal(), chain, now))
                .as("nothing in the header shows what is wrong")
                .isEmpty();
        arrives(second);
        assertThat(chain.head()).isEqualTo(head);
        assertThat(justified()).startsWith("epoch 0");
        goesOn();
        chain.setHead(head);
        restart(Optional.empty());
        goesOn();
    }

    @Test
    void formerValidatorsCannotJustifyWhatBreaksARule() {
        formerValidatorsSignAfter(4);
    }

    @Test
    void notEvenThoseWhoJustWere() {
        formerValidatorsSignAfter(1);
    }

    @Test
    void aJustifiedBranchThatBreaksARuleIsTriedAndGivenUp() {
        start();
        now = StakeChain.timeOf(9);
        BlockNode head = branch(chain.root(), 1, 2, 3, 7, 8);
        arrives(head);
        BlockNode target = chain.breakBlock(branch(chain.root(), 2, 4));
        BlockNode tip = branch(target, 2, 6);
        arrives(tip);
        CheckpointVote link = chain.link(0, chain.root(), 1, target);
        hears(1, link);
        hears(2, link);
        assertThat(done).doesNotContain(new Action.Adopt(target.id()), new Action.Adopt(tip.id()));
        hears(3, link);
        assertThat(done).contains(new Action.Adopt(tip.id()));
        assertThat(chain.head()).isEqualTo(head);
        assertThat(justified()).startsWith("epoch 0");
        BlockNode next = branch(head, 1, 9);
        arrives(next);
        assertThat(chain.head()).isEqualTo(next);
        goesOn();
    }

    @Test
    void aJustifiedBranchIsFollowedToItsLastGoodBlock() {
        start();
        now = StakeChain.timeOf(9);
        BlockNode head = branch(chain.root(), 1, 2, 3, 7, 8);
        arrives(head);
        BlockNode target = branch(chain.root(), 2, 4);
        arrives(chain.breakBlock(branch(target, 2, 6)));
        CheckpointVote link = chain.link(0, chain.root(), 1, target);
        hears(1, link);
        hears(2, link);
        hears(3, link);
        assertThat(chain.head()).isEqualTo(target);
        sync();
        assertThat(justified()).startsWith("epoch 1");
        restart(Optional.empty());
        assertThat(justified()).as("after a restart").startsWith("epoch 1");
    }

    @Test
    void theHeadGoesBackToTheCheckpointWhereNothingElseFollowsIt() {
        start();
        BlockNode checkpoint = branch(chain.root(), 1, 1);
        now = StakeChain.timeOf(6);
        arrives(branch(checkpoint, 2, 4));
        CheckpointVote link = chain.link(0, chain.root(), 1, checkpoint);
        hears(1, link);
        hears(2, link);
        hears(3, link);
        assertThat(chain.head()).isEqualTo(checkpoint);
        goesOn();
        assertThat(chain.head().parent()).isEqualTo(checkpoint.id());
    }

    @Test
    void aLinkFromAnotherBranchJustifiesNothing() {
        start();
        now = StakeChain.timeOf(9);
        BlockNode elsewhere = branch(chain.root(), 2, 2);
        BlockNode target = branch(chain.root(), 1, 3, 4, 6);
        arrives(elsewhere);
        arrives(branch(target, 1, 7));
        CheckpointVote link = chain.link(1, elsewhere, 2, target);
        hears(1, link);
        hears(2, link);
        hears(3, link);
        assertThat(justified()).startsWith("epoch 0");
    }
}
