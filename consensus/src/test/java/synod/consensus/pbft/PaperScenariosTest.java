package synod.consensus.pbft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import synod.chain.Block;
import synod.chain.SealedBlock;
import synod.consensus.Action;
import synod.consensus.Ballot;
import synod.consensus.Event;
import synod.consensus.quorum.HashSigner;
import synod.crypto.Address;
import synod.crypto.PublicKey;

/**
 * Sentences of the paper, and bugs that other implementations had, each on one member among four whose other three are
 * this test. Member 0 is the primary of view 0.
 */
class PaperScenariosTest {
    private final TestChain chain = new TestChain(4);
    private final Block x = chain.block(chain.genesis, "x");
    private final Block y = chain.block(chain.genesis, "y");
    private final Block z = chain.block(chain.genesis, "z");
    private TestNode node = new TestNode(chain, 3);

    @BeforeEach
    void start() {
        node.start();
        node.sync();
        node.takeSent();
    }

    private void member(int number) {
        node = new TestNode(chain, number);
        start();
    }

    private void hears(PbftMessage... messages) {
        for (PbftMessage message : messages) {
            node.receive(message);
        }
        node.sync();
    }

    /** What it said since the last time that it was asked. */
    private List<PbftMessage> said() {
        return node.takeMessages();
    }

    private <T extends PbftMessage> List<T> said(Class<T> kind) {
        return said().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private long decidedHeight() {
        return node.tree.head().height();
    }

    @Test
    void newPrimaryProposesWhatWasPreparedInTheHighestViewOfConflictingProofs() {
        member(2);
        hears(
                chain.viewChange(0, chain.genesis, 2, Optional.of(chain.prepared(0, x, 1, 2))),
                chain.viewChange(1, chain.genesis, 2, Optional.of(chain.prepared(1, y, 2, 3))));
        // the own view change is the third; the body of y is asked for
        assertThat(said(NewView.class)).hasSize(1);
        node.fire(Outgoing.RESEND);
        assertThat(said(BlockRequest.class))
                .singleElement()
                .satisfies(request -> assertThat(request.block()).isEqualTo(y.id()));

        hears(new BlockReply(y));

        assertThat(said(PrePrepare.class))
                .singleElement()
                .satisfies(proposal -> assertThat(proposal.block()).isEqualTo(y));
    }

    @Test
    void backupRefusesAProposalThatIsNotTheOneOfTheHighestView() {
        hears(
                chain.newView(
                        chain.genesis,
                        2,
                        chain.viewChange(0, chain.genesis, 2, Optional.of(chain.prepared(0, x, 1, 2))),
                        chain.viewChange(1, chain.genesis, 2, Optional.of(chain.prepared(1, y, 2, 3))),
                        chain.viewChange(2, chain.genesis, 2)),
                chain.prePrepare(2, x));
        List<PbftMessage> said = said();
        assertThat(said).noneMatch(Prepare.class::isInstance);
        assertThat(said)
                .anySatisfy(message -> assertThat(message)
                        .isInstanceOfSatisfying(
                                ViewChange.class,
                                change -> assertThat(change.newView()).isEqualTo(3)));
    }

    @Test
    void aReproposedBlockIsUnchangedAndAcceptedAgain() {
        hears(
                chain.newView(
                        chain.genesis,
                        1,
                        chain.viewChange(0, chain.genesis, 1),
                        chain.viewChange(1, chain.genesis, 1, Optional.of(chain.prepared(0, x, 1, 2))),
                        chain.viewChange(2, chain.genesis, 1)),
                chain.prePrepare(1, x));
        assertThat(said(Prepare.class))
                .singleElement()
                .satisfies(prepare -> assertThat(prepare).isEqualTo(chain.prepare(3, 1, x)));
    }

    @Test
    void thePrimarysOwnPrepareDoesNotCount() {
        hears(chain.prePrepare(0, x), chain.prepare(0, 0, x));
        assertThat(said(Commit.class)).isEmpty();

        hears(chain.prepare(1, 0, x));
        assertThat(said(Commit.class)).hasSize(1);
    }

    @Test
    void aProofWithThePrimarysOwnPrepareIsNone() {
        hears(chain.viewChange(0, chain.genesis, 1, Optional.of(chain.prepared(0, x, 0, 1))));
        hears(chain.viewChange(1, chain.genesis, 1));
        // of two view changes one is void, so there are no f + 1 to join
        assertThat(said(ViewChange.class)).isEmpty();
    }

    @Test
    void certificatesAreCheckedBeforeANewView() {
        ViewChange unproven = chain.viewChange(2, chain.genesis, 1, Optional.of(chain.prepared(0, x, 2)));
        hears(chain.newView(
                chain.genesis,
                1,
                chain.viewChange(0, chain.genesis, 1),
                chain.viewChange(1, chain.genesis, 1),
                unproven));
        hears(chain.prePrepare(1, x));
        assertThat(said()).isEmpty();
    }

    @Test
    void aNewViewWithAWrongSetOfViewChangesIsRefused() {
        ViewChange first = chain.viewChange(0, chain.genesis, 1);
        ViewChange second = chain.viewChange(1, chain.genesis, 1);
        hears(
                chain.newView(chain.genesis, 1, first, second),
                chain.newView(chain.genesis, 1, first, second, second),
                chain.newView(chain.genesis, 1, first, second, chain.viewChange(2, chain.genesis, 2)),
                chain.newView(chain.genesis, 1, first, second, chain.viewChange(2, x, 1)),
                NewView.sign(
                        chain.signers.get(2),
                        chain.open(chain.genesis, 0),
                        1,
                        List.of(first, second, chain.viewChange(2, chain.genesis, 1))),
                chain.prePrepare(1, x));
        assertThat(said()).isEmpty();
    }

    /** Two sets of view changes lead to two new views; whichever a backup has, it takes part. */
    @Test
    void aNewViewWithAnotherQuorumThanTheOneHeardHereIsAccepted() {
        hears(chain.viewChange(0, chain.genesis, 1), chain.viewChange(2, chain.genesis, 1));
        said();
        hears(
                chain.newView(
                        chain.genesis,
                        1,
                        chain.viewChange(0, chain.genesis, 1),
                        chain.viewChange(1, chain.genesis, 1),
                        chain.viewChange(2, chain.genesis, 1)),
                chain.prePrepare(1, x));
        assertThat(said(Prepare.class)).hasSize(1);
    }

    @Test
    void differentPreparedValuesInOneNewViewAreNoFault() {
        NewView mixed = chain.newView(
                chain.genesis,
                3,
                chain.viewChange(0, chain.genesis, 3, Optional.of(chain.prepared(1, y, 2, 3))),
                chain.viewChange(1, chain.genesis, 3, Optional.of(chain.prepared(0, x, 1, 2))),
                chain.viewChange(2, chain.genesis, 3, Optional.of(chain.prepared(2, z, 0, 1))));
        assertThat(mixed.isValidAt(chain.open(chain.genesis, 0))).isTrue();
        assertThat(mixed.choice()).map(PreparedCertificate::block).contains(z.id());
    }

    /** One height is open, so between the head and the highest proposal there is nothing that a null request could fill. */
    @Test
    void aNewViewLeavesNoGapsForWithoutAProofThePrimaryIsFree() {
        member(1);
        hears(chain.viewChange(0, chain.genesis, 1), chain.viewChange(2, chain.genesis, 1));
        assertThat(node.done)
                .anySatisfy(action -> assertThat(action)
                        .isInstanceOfSatisfying(
                                Action.BuildBlock.class,
                                build -> assertThat(build.parent()).isEqualTo(chain.genesis.id())));
        node.buildIfDue();
        node.feed(new Event.WorkWaits(node.nowMillis));
        node.sync();
        assertThat(said(PrePrepare.class))
                .singleElement()
                .satisfies(proposal -> assertThat(proposal.height()).isEqualTo(1));
    }

    @Test
    void joinsWhenFPlusOneMembersWantHigherViewsAndJoinsTheSmallest() {
        hears(chain.viewChange(0, chain.genesis, 5));
        assertThat(said()).isEmpty();
        hears(chain.viewChange(1, chain.genesis, 2));
        assertThat(said(ViewChange.class))
                .singleElement()
                .satisfies(change -> assertThat(change.newView()).isEqualTo(2));
    }

    @Test
    void aMemberAloneDoesNotClimbViews() {
        node.fire(Agreement.SUSPECT);
        node.sync();
        assertThat(said(ViewChange.class)).hasSize(1);
        assertThat(node.timers).doesNotContainKey(Agreement.SUSPECT);
    }

    @Test
    void sendsNoPrepareOfTheOldViewWhileChanging() {
        node.fire(Agreement.SUSPECT);
        node.sync();
        said();
        hears(chain.prePrepare(0, x), chain.prepare(1, 0, x), chain.prepare(2, 0, x));
        assertThat(said()).isEmpty();
    }

    @Test
    void isDecidedByACertificateEvenWhileChanging() {
        hears(chain.prePrepare(0, x));
        node.fire(Agreement.SUSPECT);
        node.sync();
        hears(new BlockReply(x), chain.commit(0, 0, x), chain.commit(1, 0, x), chain.commit(2, 0, x));
        node.fire(Outgoing.RESEND);
        hears(new BlockReply(x));
        assertThat(decidedHeight()).isEqualTo(1);
    }

    @Test
    void aPrimaryThatOverrunsTheWaterMarksIsNotFollowed() {
        Block far = x;
        for (int i = 0; i <= MessageBuffer.WINDOW; i++) {
            far = chain.block(far, "far");
        }
        hears(chain.prePrepare(0, far));
        assertThat(said()).isEmpty();

        // it asks for what lies between instead
        node.fire(Outgoing.RESEND);
        assertThat(said(Status.class)).hasSize(1);
    }

    @Test
    void aLostViewChangeIsSentAgain() {
        node.fire(Agreement.SUSPECT);
        node.sync();
        List<ViewChange> first = said(ViewChange.class);
        for (int i = 0; i < 3; i++) {
            node.fire(Outgoing.RESEND);
            node.sync();
            assertThat(said(ViewChange.class)).isEqualTo(first);
        }
    }

    @Test
    void aLostNewViewIsSentAgainToWhoStillWantsTheView() {
        member(1);
        hears(chain.viewChange(0, chain.genesis, 1), chain.viewChange(2, chain.genesis, 1));
        NewView first = said(NewView.class).getFirst();
        hears(chain.viewChange(3, chain.genesis, 1));
        assertThat(said(NewView.class)).containsExactly(first);
    }

    @Test
    void aNewViewIsToldToNobodyBeforeTheOwnViewChangeInItIsDurable() {
        member(1);
        node.receive(chain.viewChange(0, chain.genesis, 1));
        node.receive(chain.viewChange(2, chain.genesis, 1));
        node.receive(chain.viewChange(3, chain.genesis, 1));
        assertThat(said()).isEmpty();
        node.sync();
        assertThat(said(NewView.class)).isNotEmpty();
    }

    @Test
    void theProposerValidatesItsOwnProposalBeforeItVouchesForIt() {
        member(0);
        node.invalid.add(chain.block(chain.genesis, TestChain.T0 + 1, Address.of(node.key()), "work of member 0")
                .id());
        node.workArrives();
        node.sync();
        assertThat(said()).noneMatch(PrePrepare.class::isInstance);
    }

    @Test
    void anInvalidProposalDeposesThePrimary() {
        node.invalid.add(x.id());
        hears(chain.prePrepare(0, x));
        assertThat(said()).singleElement().isInstanceOf(ViewChange.class);
    }

    @Test
    void aPrimaryThatProposesTwoBlocksIsAccusedAndDeposed() {
        hears(chain.prePrepare(0, x), chain.prePrepare(0, y));
        assertThat(node.engine.evidence()).singleElement().satisfies(evidence -> {
            assertThat(evidence.accused()).isEqualTo(chain.members.key(0));
            assertThat(evidence.isProof(HashSigner.VERIFIER)).isTrue();
        });
        assertThat(said(ViewChange.class)).hasSize(1);

        node.crash();
        node.start();
        assertThat(node.engine.evidence()).hasSize(1);
    }

    @Test
    void noVoteIsSaidBeforeItIsDurable() {
        node.receive(chain.prePrepare(0, x));
        assertThat(said()).isEmpty();
        node.sync();
        assertThat(said()).containsExactly(chain.prepare(3, 0, x));
    }

    @Test
    void noProposalIsShownToWhoPreparesAnotherBeforeItIsDurable() {
        member(0);
        node.workArrives();
        node.receive(chain.prepare(3, 0, y));
        assertThat(said()).isEmpty();
        node.sync();
        assertThat(said(PrePrepare.class)).as("to all, and to member 3").hasSize(2);
    }

    @Test
    void aRestartForgetsNoLock() {
        hears(chain.prePrepare(0, x), chain.prepare(1, 0, x));
        node.crash();
        node.start();
        node.sync();
        // it says its commit again, and in the next view it shows what it prepared
        assertThat(said()).containsExactly(chain.commit(3, 0, x));
        node.fire(Agreement.SUSPECT);
        node.sync();
        assertThat(said(ViewChange.class))
                .singleElement()
                .satisfies(change -> assertThat(change.prepared())
                        .map(PreparedCertificate::block)
                        .contains(x.id()));
    }

    @Test
    void afterARestartItVotesForNoOtherBlockOfTheView() {
        hears(chain.prePrepare(0, x));
        said();
        node.crash();
        node.start();
        hears(chain.prePrepare(0, y));
        assertThat(said()).noneMatch(Prepare.class::isInstance);
    }

    @Test
    void afterARestartItVotesInNoViewThatItLeft() {
        node.fire(Agreement.SUSPECT);
        node.sync();
        node.crash();
        node.start();
        hears(chain.prePrepare(0, x));
        assertThat(said()).singleElement().isEqualTo(chain.viewChange(3, chain.genesis, 1));
    }

    @Test
    void whoPreparesAnotherBlockIsShownTheProposalOnceAView() {
        hears(chain.prePrepare(0, x));
        said();
        hears(chain.prepare(2, 0, y));
        hears(chain.prepare(2, 0, y));
        assertThat(said()).containsExactly(chain.prePrepare(0, x));
        hears(chain.prepare(3, 0, x));
        assertThat(said()).noneMatch(PrePrepare.class::isInstance);
    }

    @Test
    void aRestartedPrimaryProposesWhatItHadProposed() {
        member(0);
        node.workArrives();
        node.sync();
        PrePrepare first = said(PrePrepare.class).getFirst();
        node.crash();
        node.nowMillis += 5_000;
        node.start();
        node.sync();
        assertThat(said(PrePrepare.class)).containsExactly(first);
    }

    @Test
    void aMemberThatLostItsDiskRejoinsAtTheNextHeightAndNotBefore() {
        SealedBlock one = chain.seal(0, chain.block(chain.genesis, "one"), 0, 1, 2);
        node.synchronise(one);
        node.nowMillis += 1_000;
        node.wipe();
        node.start();
        node.sync();
        node.synchronise(one);
        Block two = chain.block(one.block(), node.nowMillis + 1, Address.NONE, "two");
        hears(chain.prePrepare(0, two));
        assertThat(said()).isEmpty();

        hears(chain.commit(0, 0, two), chain.commit(1, 0, two), chain.commit(2, 0, two));
        assertThat(decidedHeight()).isEqualTo(2);
        Block three = chain.block(two, "three");
        hears(chain.prePrepare(0, three));
        assertThat(said(Prepare.class)).hasSize(1);
    }

    @Test
    void aCertificateDecidesForAMemberThatSawNoPrePrepare() {
        hears(chain.commit(0, 0, x), chain.commit(1, 0, x), chain.commit(2, 0, x));
        node.fire(Outgoing.RESEND);
        assertThat(said(BlockRequest.class))
                .singleElement()
                .satisfies(request -> assertThat(request.block()).isEqualTo(x.id()));
        hears(new BlockReply(x));
        assertThat(decidedHeight()).isEqualTo(1);
    }

    @Test
    void aMemberThatFellBehindIsToldOfTheHead() {
        node.synchronise(chain.seal(0, x, 0, 1, 2));
        hears(chain.viewChange(2, chain.genesis, 1));
        Optional<PublicKey> second = Optional.of(chain.members.key(2));
        assertThat(node.takeSent()).contains(new TestNode.Sent(second, Optional.empty()));
    }

    @Test
    void theNextHeightBeginsInTheViewInWhichItsParentWasDecided() {
        node.synchronise(chain.seal(2, x, 0, 1, 2));
        Block next = chain.block(x, "next");
        hears(chain.prePrepare(0, next));
        assertThat(said()).isEmpty();
        hears(chain.prePrepare(2, next));
        assertThat(said(Prepare.class)).containsExactly(chain.prepare(3, 2, next));
    }

    @Test
    void messagesOfTheNextHeightWaitForIt() {
        Block next = chain.block(x, "next");
        hears(chain.prePrepare(0, next), chain.prepare(1, 0, next));
        assertThat(said()).isEmpty();
        node.synchronise(chain.seal(0, x, 0, 1, 2));
        node.sync();
        assertThat(said()).contains(chain.prepare(3, 0, next), chain.commit(3, 0, next));
    }

    @Test
    void theLateAnswerToAnAdoptionDoesNotEndTheDecisionAfterIt() {
        Block two = chain.block(x, "two");
        Block three = chain.block(two, "three");
        Block four = chain.block(three, "four");
        hears(
                chain.prePrepare(0, three),
                chain.commit(0, 0, three),
                chain.commit(1, 0, three),
                chain.commit(2, 0, three));
        // both are adopted before the engine hears of either; the third is decided and being journaled
        node.synchronise(chain.seal(0, x, 0, 1, 2), chain.seal(0, two, 0, 1, 2));
        node.synchronise(chain.seal(0, three, 0, 1, 2), chain.seal(0, four, 0, 1, 2));
        assertThat(decidedHeight()).isEqualTo(2);
        node.sync();
        assertThat(decidedHeight()).isEqualTo(4);
    }

    @Test
    void strangersAndOtherPrimariesAreNotListenedTo() {
        PrePrepare byABackup = new PrePrepare(chain.vote(Ballot.Kind.PRE_PREPARE, 1, 0, x), x);
        hears(byABackup, strangersViewChange("one"), strangersViewChange("two"));
        assertThat(said()).isEmpty();
    }

    private ViewChange strangersViewChange(String name) {
        return ViewChange.sign(HashSigner.named(name), chain.open(chain.genesis, 0), 1, Optional.empty());
    }
}
