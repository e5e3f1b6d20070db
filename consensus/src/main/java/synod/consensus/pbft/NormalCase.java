package synod.consensus.pbft;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import synod.chain.Block;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.SealedBlock;
import synod.chain.codec.ByteString;
import synod.consensus.Action;
import synod.consensus.Ballot;
import synod.consensus.Entry;
import synod.consensus.Evidence;
import synod.consensus.Vote;
import synod.consensus.quorum.CommitCertificate;
import synod.consensus.quorum.SigningGuard.GuardedVote;
import synod.consensus.quorum.VoteTally;
import synod.crypto.Hash;
import synod.crypto.PublicKey;

/** Pre-prepare, prepare and commit at the open height (OSDI §4.2, "Normal-Case Operation"). */
final class NormalCase {
    private final OpenHeight open;
    private final Member member;
    private final boolean votes;
    private final CurrentView view;
    private final Outcome outcome;
    private final VoteTally prePrepares;
    private final VoteTally prepares;
    private final VoteTally commits;
    private final Bodies bodies = new Bodies();

    /** What the new-view message binds the primary to. */
    private Optional<Hash> choice = Optional.empty();

    /** The pre-prepare of the current view. */
    private @Nullable PrePrepare proposal;

    /** A pre-prepare of a view that is about to begin. */
    private @Nullable PrePrepare early;

    /** To whom it was shown because they prepared another block. */
    private final Set<PublicKey> shown = new TreeSet<>();

    private @Nullable Hash validating;
    private boolean accepted;
    private boolean committed;
    private Optional<PreparedCertificate> prepared = Optional.empty();
    private @Nullable Hash durableBody;

    /** A block with a commit certificate whose body is not here. */
    private @Nullable Ballot bodiless;

    /** What comes of it. */
    interface Outcome {
        /** A block is proposed: it must be decided in time. */
        void proposed();

        /** The primary is faulty. */
        void suspect(String why);

        /** The body of this block is needed. */
        void lacks(Hash block);

        void decided(SealedBlock block);
    }

    /**
     * The normal case of a height.
     *
     * @param votes whether this node may vote; one that may not only counts
     */
    NormalCase(OpenHeight open, Member member, boolean votes, CurrentView view, Outcome outcome) {
        this.open = open;
        this.member = member;
        this.votes = votes;
        this.view = view;
        this.outcome = outcome;
        this.prePrepares = new VoteTally(open.members());
        this.prepares = new VoteTally(open.members());
        this.commits = new VoteTally(open.members());
    }

    /** What was prepared here, in the highest view in which anything was. */
    Optional<PreparedCertificate> prepared() {
        return prepared;
    }

    Optional<Block> body(Hash id) {
        return bodies.find(id);
    }

    boolean isPrimary() {
        return votes && view.isActive() && member.key().equals(open.primary(view.number()));
    }

    /** After a restart: what this member had prepared, and the body that it kept. */
    void restore(Optional<PreparedCertificate> certificate, Optional<Block> body) {
        prepared = certificate;
        body.ifPresent(block -> {
            bodies.keep(block);
            durableBody = block.id();
        });
        prepared.stream().flatMap(proof -> proof.prepares().stream()).forEach(prepares::add);
    }

    /** The current view has begun; what it may decide is bound by the choice, if there is one. */
    void enter(Optional<Hash> bound, long nowMillis) {
        choice = bound;
        forgetProposal();
        bodies.retain(Stream.concat(bound().stream(), prepared.map(PreparedCertificate::block).stream())
                .toList());
        PrePrepare waiting = early;
        early = null;
        if (isPrimary()) {
            propose(nowMillis);
        } else if (!resumePrepared() && waiting != null) {
            onPrePrepare(waiting, nowMillis);
        }
    }

    /** The view is left: its messages count no more. */
    void leave() {
        forgetProposal();
        choice = Optional.empty();
    }

    private void forgetProposal() {
        proposal = null;
        shown.clear();
        validating = null;
        accepted = false;
        committed = false;
    }

    /** A backup that had prepared in this view before it was restarted says so again. */
    private boolean resumePrepared() {
        Optional<PreparedCertificate> here = prepared.filter(proof -> proof.view() == view.number());
        Optional<Block> body = here.flatMap(proof -> bodies.find(proof.block()));
        if (here.isEmpty() || body.isEmpty()) {
            return false;
        }
        proposal = new PrePrepare(here.get().prePrepare(), body.get());
        accepted = votes;
        checkPrepared();
        return true;
    }

    /** What the primary must propose: what the view change bound it to, or what it proposed before a restart. */
    private Optional<Hash> bound() {
        return choice.or(() -> voted(Ballot.Kind.PRE_PREPARE));
    }

    private Optional<Hash> voted(Ballot.Kind kind) {
        return member.guard().voted(kind, open.height(), view.number());
    }

    /**
     * The primary multicasts a pre-prepare as soon as there is work. A later view of a height has begun because work
     * waited, so there the primary waits for none.
     */
    private void propose(long nowMillis) {
        Optional<Hash> bound = bound();
        if (bound.isPresent()) {
            bodies.find(bound.get()).ifPresentOrElse(this::validate, () -> outcome.lacks(bound.get()));
            return;
        }
        long patienceMillis =
                view.number() == open.firstView() ? member.rules().parameters().heartbeatMillis() : 0;
        member.out()
                .add(new Action.BuildBlock(
                        open.parent().id(),
                        member.payout(),
                        Math.max(nowMillis, open.parent().header().timeMillis() + 1),
                        0,
                        ByteString.EMPTY,
                        nowMillis + patienceMillis));
    }

    /** The block that was asked for; also the own proposal is validated before it is vouched for. */
    void onBuilt(Block block) {
        if (isPrimary() && bound().isEmpty() && proposal == null && validating == null) {
            validate(block);
        }
    }

    private void validate(Block block) {
        bodies.keep(block);
        validating = block.id();
        member.out().add(new Action.Validate(block));
    }

    void onValidated(Block block, Optional<Rejection> rejection) {
        if (validating == null || !validating.equals(block.id())) {
            return;
        }
        validating = null;
        if (rejection.isPresent()) {
            outcome.suspect("block " + block.id() + " was proposed and is invalid, " + rejection.get());
        } else if (isPrimary()) {
            prePrepare(block);
        } else {
            prepare(block.id());
        }
    }

    private void prePrepare(Block block) {
        GuardedVote own = member.guard().vote(Ballot.Kind.PRE_PREPARE, open.height(), view.number(), block.id());
        proposal = new PrePrepare(own.vote(), block);
        accepted = true;
        List<Entry> entries = new ArrayList<>(List.of(own.entry()));
        // a body that is prepared somewhere is kept by those who prepared it
        if (choice.isEmpty()) {
            addBody(entries, block);
        }
        prePrepares.add(own.vote());
        member.out().say(entries, proposal);
        outcome.proposed();
        checkPrepared();
    }

    private void addBody(List<Entry> entries, Block block) {
        if (durableBody == null || !durableBody.equals(block.id())) {
            durableBody = block.id();
            entries.add(PreparedBlock.entry(block));
        }
    }

    /**
     * A backup accepts a pre-prepare if it is the primary's, of the current view, the first of that view, between the
     * water marks (which admit one height), and what the new view binds the primary to.
     */
    void onPrePrepare(PrePrepare message, long nowMillis) {
        long its = message.view();
        if (!message.vote().voter().equals(open.primary(its))) {
            return;
        }
        Optional<Evidence> contradiction = prePrepares.add(message.vote());
        member.accuse(contradiction);
        if (its == view.number() + 1 || its == view.number() && !view.isActive()) {
            early = message;
        } else if (its == view.number() && contradiction.isPresent()) {
            outcome.suspect("the primary proposed two blocks");
        } else if (its == view.number() && proposal == null) {
            accept(message, nowMillis);
        }
    }

    private void accept(PrePrepare message, long nowMillis) {
        Hash id = message.block().id();
        Optional<Rejection> fault = bound().or(() -> voted(Ballot.Kind.PREPARE))
                .filter(bound -> !bound.equals(id))
                .map(bound -> new Rejection(Reason.BAD_CONTENT, "this view is bound to " + bound))
                .or(() -> member.rules().checkProposal(message.block().header(), open, nowMillis));
        if (fault.isPresent()) {
            // a proposal from the future may be good when it is sent again
            if (fault.get().reason() != Reason.TIME_TOO_LATE) {
                outcome.suspect("block " + id + " was proposed against the rules, " + fault.get());
            }
            return;
        }
        proposal = message;
        outcome.proposed();
        if (!onBody(message.block()) && votes) {
            validate(message.block());
        }
    }

    private void prepare(Hash block) {
        GuardedVote own = member.guard().vote(Ballot.Kind.PREPARE, open.height(), view.number(), block);
        accepted = true;
        prepares.add(own.vote());
        member.out().say(List.of(own.entry()), new Prepare(own.vote()));
        checkPrepared();
    }

    /** A prepare of a view that was left does not count; nor does one of a primary, whose pre-prepare counts already. */
    void onPrepare(Vote vote) {
        long its = vote.ballot().view();
        if (its < view.number() || vote.voter().equals(open.primary(its))) {
            return;
        }
        member.accuse(prepares.add(vote));
        showProposal(vote);
        checkPrepared();
    }

    /**
     * Who prepares another block was shown another proposal, or lies: it is shown the one that came here, once a view. So
     * a primary that proposes two blocks is known for it to both halves, and not only suspected by its silence.
     */
    private void showProposal(Vote other) {
        PrePrepare current = proposal;
        if (votes
                && current != null
                && other.ballot().view() == view.number()
                && !other.ballot().block().equals(current.block().id())
                && open.members().contains(other.voter())
                && shown.add(other.voter())) {
            // the primary's own proposal may still be on its way to the disk
            member.out().afterEntries(new Action.Send(other.voter(), current));
        }
    }

    /** Prepared: the pre-prepare, and prepares from so many backups that a quorum vouches for the block. */
    private void checkPrepared() {
        PrePrepare current = proposal;
        if (current == null || !view.isActive() || !accepted || committed) {
            return;
        }
        Hash id = current.block().id();
        List<Vote> matching = prepares.of(view.number(), id);
        if (matching.size() < open.quorum().size() - 1) {
            return;
        }
        committed = true;
        PreparedCertificate certificate = new PreparedCertificate(current.vote(), matching);
        prepared = Optional.of(certificate);
        List<Entry> entries = new ArrayList<>(List.of(PreparedBlock.entry(certificate)));
        addBody(entries, current.block());
        GuardedVote own = member.guard().vote(Ballot.Kind.COMMIT, open.height(), view.number(), id);
        entries.add(own.entry());
        commits.add(own.vote());
        member.out().say(entries, new Commit(own.vote()));
        checkCommitted(own.vote().ballot());
    }

    /** Commits count whatever view this member is in: a quorum of them decides for everybody. */
    void onCommit(Vote vote) {
        member.accuse(commits.add(vote));
        checkCommitted(vote.ballot());
    }

    private boolean checkCommitted(Ballot ballot) {
        List<Vote> matching = commits.of(ballot.view(), ballot.block());
        if (matching.size() < open.quorum().size()) {
            return false;
        }
        Optional<Block> body = bodies.find(ballot.block());
        if (body.isEmpty()) {
            bodiless = ballot;
            outcome.lacks(ballot.block());
            return false;
        }
        CommitCertificate seal = CommitCertificate.of(ballot.view(), open.members(), matching);
        outcome.decided(new SealedBlock(body.get(), seal.encode()));
        return true;
    }

    /** A body came: the proposal's or one that was asked for. True if that decides its block. */
    private boolean onBody(Block block) {
        bodies.keep(block);
        return bodiless != null && bodiless.block().equals(block.id()) && checkCommitted(bodiless);
    }

    /** A body that was asked for. */
    void onFetched(Block block, long nowMillis) {
        if (!onBody(block)
                && isPrimary()
                && proposal == null
                && bound().filter(block.id()::equals).isPresent()) {
            propose(nowMillis);
        }
    }
}
