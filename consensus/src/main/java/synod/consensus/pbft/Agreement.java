package synod.consensus.pbft;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import synod.chain.Block;
import synod.chain.Rejection;
import synod.chain.SealedBlock;
import synod.consensus.Action;
import synod.consensus.Ballot;
import synod.crypto.Hash;
import synod.crypto.PublicKey;

/** The protocol at one open height: the normal case, view changes, and the timers that move them on. */
final class Agreement {
    /** The timer of the request that waits, or of the new view that is awaited. */
    static final String SUSPECT = "suspect";

    private final OpenHeight open;
    private final Member member;
    private final boolean votes;
    private final CurrentView view;
    private final NormalCase normal;
    private final ViewChanges viewChanges;

    /** The time of the event that is being handled. */
    private long nowMillis;

    /** Whether the timer that runs is for work, not for the heartbeat. */
    private boolean hurried;

    private boolean awaitsNewView;
    private boolean heardAhead;
    private @Nullable Hash wanted;
    private int asked;
    private Optional<SealedBlock> decided = Optional.empty();
    private Optional<String> suspicion = Optional.empty();

    Agreement(OpenHeight open, Member member, boolean votes) {
        this.open = open;
        this.member = member;
        this.votes = votes;
        this.view = new CurrentView(open.firstView());
        this.normal = new NormalCase(open, member, votes, view, new NormalCaseOutcome());
        this.viewChanges = new ViewChanges(open, member, votes, view, normal, new ViewChangesOutcome());
    }

    OpenHeight open() {
        return open;
    }

    CurrentView view() {
        return view;
    }

    boolean votes() {
        return votes;
    }

    boolean isPrimary() {
        return normal.isPrimary();
    }

    int supporters() {
        return viewChanges.supporters();
    }

    /** Why the last view was left. */
    Optional<String> suspicion() {
        return suspicion;
    }

    /** The block that was decided: then this height is over. */
    Optional<SealedBlock> decided() {
        return decided;
    }

    /**
     * The height opens.
     *
     * @param certificate what this member had prepared at this height before it was restarted
     * @param body the body that it kept
     */
    void begin(Optional<PreparedCertificate> certificate, Optional<Block> body, long timeMillis) {
        nowMillis = timeMillis;
        normal.restore(certificate, body);
        Optional<Long> left = viewAfterRestart();
        if (left.isPresent()) {
            viewChanges.start(left.get());
            return;
        }
        if (votes) {
            startSuspectTimer(member.timeouts().idleMillis());
        }
        normal.enter(Optional.empty(), nowMillis);
    }

    /**
     * The view that a restarted member must ask for: it lost the proof that a later view began. A promised view in which
     * it has not voted is asked for again; one in which it has is left.
     */
    private Optional<Long> viewAfterRestart() {
        Optional<Long> floor = votes ? member.guard().floor(open.height()) : Optional.empty();
        return floor.filter(lowest -> lowest != open.firstView()).map(lowest -> {
            boolean voted = Arrays.stream(Ballot.Kind.values())
                    .anyMatch(kind ->
                            member.guard().voted(kind, open.height(), lowest).isPresent());
            return Math.max(open.firstView(), voted ? lowest : lowest - 1) + 1;
        });
    }

    void onMessage(PbftMessage message, long timeMillis) {
        nowMillis = timeMillis;
        switch (message) {
            case PrePrepare prePrepare -> normal.onPrePrepare(prePrepare, nowMillis);
            case Prepare(var vote) -> normal.onPrepare(vote);
            case Commit(var vote) -> normal.onCommit(vote);
            case ViewChange change -> viewChanges.onViewChange(change);
            case NewView newView -> viewChanges.onNewView(newView);
            case BlockRequest request -> answer(request);
            case BlockReply(var block) -> onReply(block);
            case Status _ -> {}
        }
    }

    void onBuilt(Block block, long timeMillis) {
        nowMillis = timeMillis;
        normal.onBuilt(block);
    }

    void onValidated(Block block, Optional<Rejection> rejection, long timeMillis) {
        nowMillis = timeMillis;
        normal.onValidated(block, rejection);
    }

    /** A request waits: from now on the primary is given one time-out (OSDI §4.4, first paragraph). */
    void onWork(long timeMillis) {
        nowMillis = timeMillis;
        hurry();
    }

    private void hurry() {
        if (votes && view.isActive() && !hurried) {
            hurried = true;
            startSuspectTimer(viewMillis());
        }
    }

    /** A member spoke of a later height: if that does not become clear by itself, ask. */
    void onAhead() {
        if (!heardAhead && isMember()) {
            heardAhead = true;
            member.out().startResendTimer();
        }
    }

    void onSuspectTimer(long timeMillis) {
        nowMillis = timeMillis;
        suspect(view.isActive() ? "nothing was decided in time" : "the view did not begin in time");
    }

    void onResendTimer() {
        boolean said = member.out().resend();
        if (wanted != null) {
            ask(wanted);
        }
        if (heardAhead) {
            member.out().add(new Action.Broadcast(Status.sign(member.signer(), open.chainId(), open.height())));
        }
        if (said || wanted != null || heardAhead) {
            member.out().startResendTimer();
        }
    }

    private void suspect(String why) {
        if (votes) {
            suspicion = Optional.of("view " + view.number() + ": " + why);
            viewChanges.start(view.number() + 1);
        }
    }

    /** Others are answered to by the block synchronisation alone. */
    private boolean isMember() {
        return open.members().contains(member.key());
    }

    private long viewMillis() {
        return member.timeouts().viewMillis(view.number() - open.firstView());
    }

    private void startSuspectTimer(long delayMillis) {
        member.out().add(new Action.StartTimer(SUSPECT, delayMillis));
    }

    private void answer(BlockRequest request) {
        normal.body(request.block())
                .filter(_ -> open.members().contains(request.sender()))
                .ifPresent(block -> member.out().add(new Action.Send(request.sender(), new BlockReply(block))));
    }

    private void onReply(Block block) {
        if (wanted != null && wanted.equals(block.id())) {
            wanted = null;
            normal.onFetched(block, nowMillis);
        }
    }

    /** Asks the members for a body, one after the other. */
    private void ask(Hash block) {
        for (int tried = 0; tried < open.members().size(); tried++) {
            PublicKey next = open.members().key(asked++ % open.members().size());
            if (!next.equals(member.key())) {
                member.out()
                        .add(new Action.Send(
                                next, BlockRequest.sign(member.signer(), open.chainId(), open.height(), block)));
                return;
            }
        }
    }

    private final class NormalCaseOutcome implements NormalCase.Outcome {
        @Override
        public void proposed() {
            hurry();
        }

        @Override
        public void suspect(String why) {
            Agreement.this.suspect(why);
        }

        @Override
        public void lacks(Hash block) {
            boolean isWanted = wanted != null && wanted.equals(block);
            if (!isWanted && isMember()) {
                wanted = block;
                member.out().startResendTimer();
            }
        }

        @Override
        public void decided(SealedBlock block) {
            decided = Optional.of(block);
        }
    }

    private final class ViewChangesOutcome implements ViewChanges.Outcome {
        @Override
        public void awaitsNewView() {
            if (!awaitsNewView) {
                awaitsNewView = true;
                startSuspectTimer(viewMillis());
            }
        }

        @Override
        public void left() {
            awaitsNewView = false;
            hurried = false;
            member.out().add(new Action.CancelTimer(SUSPECT));
        }

        @Override
        public void entered(NewView proof) {
            awaitsNewView = false;
            hurried = false;
            hurry();
            normal.enter(proof.choice().map(PreparedCertificate::block), nowMillis);
        }
    }
}
