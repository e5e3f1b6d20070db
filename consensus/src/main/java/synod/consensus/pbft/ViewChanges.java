package synod.consensus.pbft;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import synod.consensus.Action;
import synod.consensus.Entry;

/** How a height goes on under another primary (OSDI §4.4, "View Changes", and §4.5.2, "Liveness"). */
final class ViewChanges {
    private final OpenHeight open;
    private final Member member;
    private final boolean votes;
    private final CurrentView view;
    private final NormalCase normal;
    private final Outcome outcome;
    private final ViewChangeTally tally;
    private @Nullable NewView newView;

    /** What comes of it. */
    interface Outcome {
        /** The primary of the view that is wanted may be waited for: a quorum wants it. */
        void awaitsNewView();

        /** The current view has been left. */
        void left();

        /** The current view has begun. */
        void entered(NewView proof);
    }

    ViewChanges(OpenHeight open, Member member, boolean votes, CurrentView view, NormalCase normal, Outcome outcome) {
        this.open = open;
        this.member = member;
        this.votes = votes;
        this.view = view;
        this.normal = normal;
        this.outcome = outcome;
        this.tally = new ViewChangeTally(open);
    }

    /** How many members want the current view. */
    int supporters() {
        return tally.of(view.number()).size();
    }

    /** Leaves the current view, and multicasts what was prepared, when the promise to vote in no earlier view is durable. */
    void start(long next) {
        view.leaveFor(next);
        newView = null;
        normal.leave();
        Entry promise = member.guard().promise(open.height(), next);
        ViewChange own = ViewChange.sign(member.signer(), open, next, normal.prepared());
        tally.add(own);
        member.out().fallSilent();
        outcome.left();
        member.out().say(List.of(promise), own);
        checkQuorum();
    }

    /** A member wants another view. One that wants a view which has begun missed its beginning, and is told again. */
    void onViewChange(ViewChange change) {
        if (!change.isValidAt(open)) {
            return;
        }
        tally.add(change);
        NewView begun = newView;
        if (begun != null && normal.isPrimary() && change.newView() <= begun.view()) {
            member.out().afterEntries(new Action.Send(change.sender(), begun));
        }
        Optional<Long> joined = votes ? tally.toJoin(view.number()) : Optional.empty();
        if (joined.isPresent()) {
            start(joined.get());
        } else {
            checkQuorum();
        }
    }

    /**
     * The new primary begins its view when a quorum wants it; the others then give it one time-out to do so. They count
     * who has gone on to a later view, too, for he says nothing of this one any more: they follow him by time-out.
     */
    private void checkQuorum() {
        if (view.isActive() || !votes) {
            return;
        }
        if (member.key().equals(open.primary(view.number())) && tally.isQuorum(view.number())) {
            enter(NewView.sign(member.signer(), open, view.number(), tally.of(view.number())));
        } else if (tally.isLeftByQuorum(view.number())) {
            outcome.awaitsNewView();
        }
    }

    /** Accepts a new view that every proof in it supports. */
    void onNewView(NewView message) {
        boolean isNews = message.view() > view.number() || message.view() == view.number() && !view.isActive();
        if (isNews && message.isValidAt(open)) {
            enter(message);
        }
    }

    private void enter(NewView proof) {
        view.enter(proof.view());
        newView = proof;
        member.out().fallSilent();
        if (normal.isPrimary()) {
            // the own view change is in it
            member.out().afterEntries(new Action.Broadcast(proof));
        }
        outcome.entered(proof);
    }
}
