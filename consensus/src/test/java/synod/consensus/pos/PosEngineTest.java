package synod.consensus.pos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.Verified;
import synod.chain.stake.CheckpointVote;
import synod.chain.transaction.EvidenceReport;
import synod.chain.tree.BlockNode;
import synod.consensus.Action;
import synod.consensus.Event;

/** What a validator says and does. */
class PosEngineTest extends OneValidator {
    @Test
    void makesABlockInItsSlotsAndShowsItWhenTheClaimIsDurable() {
        start();
        long slot = 0;
        while (done(Action.BuildBlock.class).isEmpty()) {
            slot(++slot);
        }
        assertThat(done(Action.Publish.class)).isEmpty();
        sync();
        Action.Publish published = done(Action.Publish.class).getFirst();
        assertThat(SigningHistory.of(disk).slot()).isEqualTo(slot);
        assertThat(chain.head().id()).isEqualTo(published.block().block().id());
        assertThat(chain.consensus.checkHeader(
                        published.block().block().header(), published.block().seal(), chain, now))
                .isEmpty();
        assertThat(chain.consensus.verifySeal(
                        published.block().block().header(), published.block().seal()))
                .isEmpty();
    }

    @Test
    void leadsAboutAsManySlotsAsItsShareOfTheStakeSays() {
        start();
        int slots = 2_000;
        for (long slot = 1; slot <= slots; slot++) {
            slot(slot);
            sync();
        }
        // 1 − (1 − 1/2)^(1/4) = 0.159; five standard deviations of a binomial distribution are 82
        assertThat(done(Action.Publish.class).size()).isBetween(318 - 82, 318 + 82);
    }

    @Test
    void votesForTheLastBlockBeforeTheEpochOnceItIsBuried() {
        start();
        BlockNode checkpoint = branch(chain.root(), 1, 1, 3);
        now = StakeChain.timeOf(6);
        arrives(branch(checkpoint, 1, 6));
        assertThat(writing)
                .as("other validators may see another block there")
                .allMatch(persist -> persist.then().isEmpty());
        arrives(branch(chain.head(), 2, 7, 8));
        assertThat(votes()).as("not before it is durable").isEmpty();
        sync();
        assertThat(votes()).containsExactly(chain.link(0, chain.root(), 1, checkpoint));
        arrives(branch(chain.head(), 2, 9));
        sync();
        assertThat(votes()).hasSize(1);
    }

    @Test
    void votesInNoEpochThatHasNotBegunOrIsLongOver() {
        start();
        BlockNode checkpoint = branch(chain.root(), 1, 1, 3);
        BlockNode tip = branch(checkpoint, 1, 6, 7, 8);
        now = StakeChain.timeOf(5);
        arrives(tip);
        assertThat(writing)
                .as("by this clock the blocks are ahead of their slots")
                .allMatch(persist -> persist.then().isEmpty());
        slot(6 * (BallotBook.WINDOW + 1));
        sync();
        assertThat(votes()).as("when nobody would keep the ballot").isEmpty();
    }

    @Test
    void moreThanTwoThirdsOfTheStakeJustifyAndTheNextEpochsMakeFinal() {
        start();
        BlockNode first = branch(chain.root(), 1, 1, 5);
        BlockNode second = branch(first, 2, 6, 7, 8);
        now = StakeChain.timeOf(8);
        arrives(second);
        CheckpointVote one = chain.link(0, chain.root(), 1, first);
        hears(1, one);
        assertThat(engine.status(now).details().get("justified")).startsWith("epoch 0");
        hears(2, one);
        assertThat(engine.status(now).details().get("justified")).startsWith("epoch 1");
        now = StakeChain.timeOf(14);
        arrives(branch(second, 3, 12, 13, 14));
        CheckpointVote two = chain.link(1, first, 2, second);
        hears(1, two);
        hears(3, two);
        sync();
        assertThat(done(Action.Finalize.class)).containsExactly(new Action.Finalize(first.id()));
        assertThat(engine.status(now).details().get("finalized")).startsWith("epoch 1");
    }

    @Test
    void passesEachBallotOnOnceAndHearsNoStrangers() {
        start();
        BlockNode block = branch(chain.root(), 1, 1, 6);
        arrives(block);
        now = StakeChain.timeOf(6);
        CheckpointVote vote =
                chain.link(0, chain.root(), 1, chain.node(block.parent()).orElseThrow());
        hears(1, vote);
        hears(1, vote);
        assertThat(done(Action.Broadcast.class)).hasSize(1);
        StakeChain strangers = new StakeChain(1, 1, 1, 1, 1, 1);
        int stranger = java.util.stream.IntStream.range(0, 6)
                .filter(i ->
                        !chain.validators().contains(strangers.signers.get(i).publicKey()))
                .findFirst()
                .orElseThrow();
        feed(new Event.Received(now, new Verified<>(strangers.ballot(stranger, vote))));
        assertThat(done(Action.Broadcast.class)).hasSize(1);
    }

    @Test
    void staysOnTheBranchOfWhatIsJustifiedHoweverLongAnotherOneIs() {
        start();
        BlockNode justified = branch(chain.root(), 1, 1, 5);
        now = StakeChain.timeOf(9);
        BlockNode longer = branch(chain.root(), 2, 2, 3, 4, 6, 7, 8, 9);
        arrives(longer);
        assertThat(chain.head()).isEqualTo(longer);
        BlockNode shorter = branch(justified, 1, 6);
        arrives(shorter);
        assertThat(chain.head()).isEqualTo(longer);
        CheckpointVote link = chain.link(0, chain.root(), 1, justified);
        hears(1, link);
        hears(2, link);
        hears(3, link);
        assertThat(chain.head()).isEqualTo(shorter);
        arrives(branch(longer, 3, 10, 11));
        assertThat(chain.head()).isEqualTo(shorter);
    }

    @Test
    void aBranchOnWhichTheCheckpointsBlockIsNoCheckpointIsLeftToo() {
        start();
        BlockNode justified = branch(chain.root(), 1, 1);
        now = StakeChain.timeOf(9);
        BlockNode further = branch(justified, 2, 4, 6, 7);
        arrives(further);
        BlockNode right = branch(justified, 1, 6);
        arrives(right);
        CheckpointVote link = chain.link(0, chain.root(), 1, justified);
        hears(1, link);
        hears(2, link);
        hears(3, link);
        assertThat(chain.head()).isEqualTo(right);
    }

    @Test
    void learnsFinalityFromSeals() {
        start();
        now = StakeChain.timeOf(14);
        BlockNode first = branch(chain.root(), 1, 1, 5);
        BlockNode carrying = chain.add(chain.block(
                first, 6, 2, Optional.of(chain.certificate(chain.link(0, chain.root(), 1, first), 1, 2, 3))));
        BlockNode next = chain.add(chain.block(
                carrying, 12, 2, Optional.of(chain.certificate(chain.link(1, first, 2, carrying), 1, 2, 3))));
        arrives(next);
        sync();
        assertThat(done(Action.Finalize.class)).contains(new Action.Finalize(first.id()));
        engine = engine(Optional.empty());
        done.clear();
        start();
        sync();
        assertThat(done(Action.Finalize.class)).as("after a restart").contains(new Action.Finalize(first.id()));
        assertThat(engine.status(now).details().get("justified")).startsWith("epoch 2");
    }

    @Test
    void reportsWhoMakesTwoBlocksForASlotAndWhoVotesTwice() {
        start();
        arrives(branch(chain.root(), 1, 3));
        BlockNode sibling = chain.add(branch(chain.root(), 2, 1), 3, 1);
        arrives(sibling);
        assertThat(done(Action.Submit.class)).hasSize(1);
        assertThat(((EvidenceReport) done(Action.Submit.class)
                                .getFirst()
                                .transaction()
                                .value()
                                .payload())
                        .evidence()
                        .accused())
                .isEqualTo(chain.signers.get(1).publicKey());
        hears(2, chain.link(0, chain.root(), 1, chain.root()));
        hears(2, chain.link(0, chain.root(), 1, sibling));
        assertThat(engine.stakeEvidence()).hasSize(2);
        sync();
        engine = engine(Optional.empty());
        start();
        assertThat(engine.stakeEvidence()).as("after a restart").hasSize(2);
    }

    @Test
    void reportsNothingWithoutCoinsForTheFee() {
        balance = Amount.ZERO;
        start();
        arrives(branch(chain.root(), 1, 3));
        arrives(chain.add(branch(chain.root(), 2, 1), 3, 1));
        assertThat(engine.stakeEvidence()).hasSize(1);
        assertThat(done(Action.Submit.class)).isEmpty();
    }

    @Test
    void sayWhyFinalityWaits() {
        start();
        BlockNode first = branch(chain.root(), 1, 1, 5);
        now = StakeChain.timeOf(20);
        arrives(branch(first, 2, 7, 12, 13, 18, 19, 20));
        assertThat(engine.status(now).activity())
                .contains("finality waits: 25.0 % of stake voted for epoch 3, more than 66.7 % must");
    }

    @Test
    void neverSignsASlotTwiceAfterARestart() {
        start();
        long slot = 0;
        while (done(Action.Publish.class).isEmpty()) {
            slot(++slot);
            sync();
        }
        chain.setHead(chain.root());
        engine = engine(Optional.empty());
        done.clear();
        now = StakeChain.timeOf(slot);
        start();
        slot(slot);
        assertThat(done(Action.BuildBlock.class)).isEmpty();
    }

    @Test
    void repeatsItselfOnceASlotWhenTheClockWasSetBackAndTimeStandsStill() {
        start();
        BlockNode checkpoint = branch(chain.root(), 1, 1, 3);
        arrives(branch(checkpoint, 2, 6, 7, 8));
        sync();
        now = StakeChain.timeOf(10) - 1;
        feed(new Event.TimerFired(now, PosEngine.SLOT_TIMER));
        sync();
        assertThat(votes()).as("there is something to repeat").hasSize(1);
        done.clear();
        for (int i = 0; i < 3; i++) {
            feed(new Event.TimerFired(now, PosEngine.SLOT_TIMER));
            sync();
        }
        assertThat(done(Action.Broadcast.class)).isEmpty();
        assertThat(done(Action.StartTimer.class))
                .hasSize(3)
                .allMatch(timer -> timer.delayMillis() >= StakeChain.CLOCK.slotMillis() / 8);
    }

    @Test
    void aLeaderWhoseClockIsBehindWhatIsJustifiedMakesNoBlockBelowIt() {
        start();
        BlockNode head = branch(chain.root(), 1, 1);
        now = StakeChain.timeOf(18);
        arrives(head);
        CheckpointVote link = chain.link(0, chain.root(), 5, head);
        hears(1, link);
        hears(2, link);
        hears(3, link);
        long led = 0;
        for (long slot = 18; led == 0 && slot < 30; slot++) {
            slot(slot);
            led = Long.parseLong(engine.status(now).details().get("slotsLed"));
        }
        assertThat(led).as("a slot before epoch 5").isEqualTo(1);
        assertThat(done(Action.BuildBlock.class)).isEmpty();
        assertThat(engine.status(now).activity()).contains("clock is behind");
        for (long slot = 30; done(Action.Publish.class).isEmpty(); slot++) {
            slot(slot);
            sync();
        }
        Block block = done(Action.Publish.class).getFirst().block().block();
        assertThat(chain.consensus.checkHeader(
                        block.header(),
                        done(Action.Publish.class).getFirst().block().seal(),
                        chain,
                        now))
                .isEmpty();
    }
}
