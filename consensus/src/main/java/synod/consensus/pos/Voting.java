package synod.consensus.pos;

import java.util.List;
import java.util.Map;
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
            KnownSets sets,
            Contradictions contradictions,
            Outgoing out) {
        this.branches = branches;
        this.self = self;
        this.guard = guard;
        this.finality = finality;
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
        Map<CheckpointVote, List<CheckpointBallot>> links =
                book.linksAbove(finality.finalized().epoch());
        links.forEach((link, ballots) -> certificate(link, ballots).ifPresent(this::learn));
    }

    private Optional<JustificationCertificate> certificate(CheckpointVote link, List<CheckpointBallot> ballots) {
        Optional<ValidatorSet> voters = voters(link);
        if (voters.isEmpty()) {
            return Optional.empty();
        }
        ValidatorSet set = voters.get();
        List<CheckpointBallot> counted =
                ballots.stream().filter(ballot -> set.contains(ballot.voter())).toList();
        return stake(set, counted) >= JustificationCertificate.quorum(set.totalWeight())
                ? Optional.of(JustificationCertificate.of(link, set, counted))
                : Optional.empty();
    }

    /** Who may vote for a link: the set that the target's header names, if an executed block gave that set. */
    private Optional<ValidatorSet> voters(CheckpointVote link) {
        return branches.tree()
                .node(link.target().block())
                .flatMap(target -> sets.find(target.header().core().validatorsRoot()));
    }

    private static long stake(ValidatorSet set, List<CheckpointBallot> ballots) {
        return ballots.stream()
                .mapToLong(ballot -> set.find(ballot.voter()).orElseThrow().weight())
                .sum();
    }

    /** A certificate that came with a block: of use if its validators are known for sure. */
    void carried(JustificationCertificate certificate) {
        if (sets.find(certificate.validators().root()).isPresent()) {
            learn(certificate);
        }
    }

    /** A certificate of those who may vote on its target beyond doubt. */
    void learn(JustificationCertificate certificate) {
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

    /** What part of the stake voted for one link to this epoch's checkpoint, at best, as stake and total. */
    Optional<Turnout> turnout(long epoch) {
        return book.linksAbove(epoch - 1).entrySet().stream()
                .filter(entry -> entry.getKey().target().epoch() == epoch)
                .flatMap(entry -> voters(entry.getKey())
                        .map(set -> new Turnout(
                                stake(
                                        set,
                                        entry.getValue().stream()
                                                .filter(ballot -> set.contains(ballot.voter()))
                                                .toList()),
                                set.totalWeight()))
                        .stream())
                .max(java.util.Comparator.comparingLong(Turnout::voted));
    }

    /** Stake that voted, of how much. */
    record Turnout(long voted, long total) {}

    private long presentEpoch(long nowMillis) {
        return branches.clock().epoch(branches.clock().slot(nowMillis));
    }
}
