package synod.consensus.pos;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import synod.chain.stake.Checkpoint;
import synod.chain.stake.CheckpointVote;
import synod.chain.tree.BlockNode;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Action;
import synod.consensus.Entry;
import synod.crypto.Hash;
import synod.crypto.PublicKey;

/**
 * This node's part in making checkpoints final: casts its vote, counts everybody's, and learns from certificates.
 *
 * <p>A validator votes once an epoch, for the link from the highest justified checkpoint to the last block before the
 * epoch's first slot, as soon as it is unlikely that other validators see another block there.
 */
final class Voting {
    /** So many blocks after a checkpoint it is unlikely to be another one. */
    private static final int RIPE_BLOCKS = 3;

    /** A vote is said again so often in an epoch, until its target is justified: whoever was away may need it. */
    private static final int REPEATS = 5;

    private final Branches branches;
    private final PublicKey self;
    private final StakeGuard guard;
    private final FinalityState finality;
    private final Promise promise;
    private final KnownSets sets;
    private final Contradictions contradictions;
    private final Outgoing out;
    private final BallotBook book = new BallotBook();
    private Hash lastFinalized;

    Voting(
            Branches branches,
            PublicKey self,
            StakeGuard guard,
            FinalityState finality,
            Promise promise,
            KnownSets sets,
            Contradictions contradictions,
            Outgoing out) {
        this.branches = branches;
        this.self = self;
        this.guard = guard;
        this.finality = finality;
        this.promise = promise;
        this.sets = sets;
        this.contradictions = contradictions;
        this.out = out;
        this.lastFinalized = new Checkpoint(0, genesis()).block();
    }

    private Hash genesis() {
        return branches.tree().canonical(0).orElseThrow().id();
    }

    /** The ballots, for status. */
    BallotBook book() {
        return book;
    }

    /** What was voted before a restart counts on, and is said again. */
    void resume(long nowMillis) {
        guard.history().vote().filter(guard::mayVote).ifPresent(vote -> {
            StakeGuard.GuardedBallot again = guard.vote(vote);
            if (sets.contains(self)) {
                book.add(again.ballot(), presentEpoch(nowMillis));
            }
        });
    }

    /** A ballot whose signature is good: counted and passed on, if it is news. */
    void received(CheckpointBallot ballot, long nowMillis) {
        if (!sets.contains(ballot.voter())) {
            return;
        }
        switch (book.add(ballot, presentEpoch(nowMillis))) {
            case BallotBook.Outcome.Fresh _ -> {
                out.add(new Action.Broadcast(ballot));
                count();
            }
            case BallotBook.Outcome.Contradiction(var evidence) -> contradictions.accuse(evidence);
            case BallotBook.Outcome.Idle _ -> {}
        }
    }

    /** Votes, if it is time and this node is a validator. */
    void vote(long nowMillis) {
        BlockNode head = branches.tree().head();
        long epoch = branches.epoch(head);
        Checkpoint source = finality.justified();
        long present = presentEpoch(nowMillis);
        // of an epoch that has not begun here, or is long over, the ballot would not be kept: cast again at every event
        if (epoch <= source.epoch() || epoch > present || !BallotBook.keeps(epoch, present)) {
            return;
        }
        BlockNode checkpoint = branches.checkpoint(epoch, head);
        CheckpointVote vote = new CheckpointVote(source, new Checkpoint(epoch, checkpoint.id()));
        if (!isRipe(epoch, checkpoint, head, nowMillis)
                || book.of(self, epoch).isPresent()
                || !guard.mayVote(vote)
                || mayVote(checkpoint).isEmpty()) {
            return;
        }
        StakeGuard.GuardedBallot guarded = guard.vote(vote);
        out.persist(List.of(guarded.entry()), new Action.Broadcast(guarded.ballot()));
        book.add(guarded.ballot(), present);
        count();
    }

    /** The set that may vote on this checkpoint, if it is known for sure and this node is in it. */
    private Optional<ValidatorSet> mayVote(BlockNode checkpoint) {
        return sets.find(checkpoint.header().core().validatorsRoot()).filter(set -> set.contains(self));
    }

    private boolean isRipe(long epoch, BlockNode checkpoint, BlockNode head, long nowMillis) {
        long ripe = branches.clock().firstSlot(epoch) + branches.clock().epochSlots() / 3;
        return head.height() - checkpoint.height() >= RIPE_BLOCKS
                || branches.clock().slot(nowMillis) >= ripe;
    }

    /** Says the last vote again, if it is time and its target is not justified yet. */
    void repeat(long slot) {
        long every = Math.max(1, branches.clock().epochSlots() / REPEATS);
        if (slot % every != 0) {
            return;
        }
        guard.history()
                .vote()
                .filter(vote -> vote.target().epoch() > finality.justified().epoch())
                .flatMap(vote -> book.of(self, vote.target().epoch()))
                // behind the entry about it, which may still be on its way to the disk
                .ifPresent(ballot -> out.persist(List.of(), new Action.Broadcast(ballot)));
    }

    /** Looks for links that more than two thirds of the stake voted for. */
    void count() {
        book.linksAbove(finality.finalized().epoch())
                .forEach((link, ballots) -> tally(link, ballots)
                        .filter(LinkTally::isEnough)
                        .map(LinkTally::certificate)
                        .ifPresent(this::learn));
    }

    private Optional<LinkTally> tally(CheckpointVote link, List<CheckpointBallot> ballots) {
        return voters(link).map(set -> LinkTally.of(link, set, ballots));
    }

    /**
     * Who may vote for a link: the set that the target's header names, if an executed block gave that set. Links from
     * another branch are nothing that anybody may vote for.
     */
    private Optional<ValidatorSet> voters(CheckpointVote link) {
        return branches.tree()
                .node(link.target().block())
                .filter(target -> branches.contains(target, link.source()))
                .flatMap(target -> sets.find(target.header().core().validatorsRoot()));
    }

    /** A certificate that came with a block: of use if its validators are known for sure. */
    void carried(JustificationCertificate certificate) {
        if (sets.find(certificate.validators().root()).isPresent()) {
            learn(certificate);
        }
    }

    /**
     * Compares the votes in a certificate whose signatures are good with what their voters said elsewhere: a vote may be
     * shown nowhere else. They count as votes, like those that validators say.
     */
    void compare(JustificationCertificate certificate, long nowMillis) {
        certificate.ballots().forEach(ballot -> {
            book.contradiction(ballot).ifPresent(contradictions::accuse);
            if (sets.contains(ballot.voter())) {
                book.add(ballot, presentEpoch(nowMillis));
            }
        });
    }

    /** What was promised may stand on the adopted branch now. */
    void keepPromise() {
        promise.open().ifPresent(this::learn);
    }

    /**
     * A certificate of the validators whom the target's header names. Only when that header was executed is it certain that
     * they are the right ones.
     */
    void learn(JustificationCertificate certificate) {
        boolean executed = branches.tree()
                .node(certificate.link().target().block())
                .filter(branches::isAdopted)
                .isPresent();
        if (!executed) {
            promise.offer(certificate);
            return;
        }
        List<Entry> entries = finality.learn(certificate);
        if (!entries.isEmpty()) {
            out.persist(entries);
        }
    }

    /** Declares final what is, if it is on the adopted branch. */
    void finalizeOnBranch() {
        Hash block = finality.finalized().block();
        if (!block.equals(lastFinalized) && branches.contains(branches.tree().head(), block)) {
            lastFinalized = block;
            // the entry that says so was handed out before, so it is durable when this is
            out.persist(List.of(), new Action.Finalize(block));
        }
    }

    /** The link to this epoch's checkpoint that most stake voted for. */
    Optional<LinkTally> turnout(long epoch) {
        return book.linksAbove(epoch - 1).entrySet().stream()
                .filter(entry -> entry.getKey().target().epoch() == epoch)
                .flatMap(entry -> tally(entry.getKey(), entry.getValue()).stream())
                .max(Comparator.comparingLong(LinkTally::voted));
    }

    private long presentEpoch(long nowMillis) {
        return branches.clock().epoch(branches.clock().slot(nowMillis));
    }
}
