package synod.consensus.pos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import synod.chain.stake.CheckpointVote;
import synod.chain.stake.StakeEvidence;
import synod.chain.validator.ValidatorSet;
import synod.crypto.PublicKey;

/**
 * The ballots of some last epochs: of each voter and target epoch the first that came. Ballots that contradict it are
 * evidence and count for nothing.
 */
final class BallotBook {
    /** Ballots for this many epochs are kept, up to the present one. */
    static final int WINDOW = 64;

    /** Voters' clocks may be ahead of this node's by so many epochs. */
    static final int AHEAD = 2;

    /** Two sets of validators, for those of one epoch and of the next may have none in common. */
    static final int MAX_VOTERS = 2 * ValidatorSet.MAX_SIZE;

    private final TreeMap<Long, TreeMap<PublicKey, CheckpointBallot>> byTarget = new TreeMap<>();

    /** What came of a ballot. */
    sealed interface Outcome {
        /** It counts from now on. */
        record Fresh() implements Outcome {}

        /** It was known, or is about epochs that are not of interest any more or yet. */
        record Idle() implements Outcome {}

        /** Its voter has contradicted itself. */
        record Contradiction(StakeEvidence evidence) implements Outcome {}
    }

    /** Whether ballots for this target are of interest in the present epoch. */
    static boolean keeps(long targetEpoch, long presentEpoch) {
        return targetEpoch > presentEpoch - WINDOW && targetEpoch <= presentEpoch + AHEAD;
    }

    /** Takes the signed ballot of a validator. */
    Outcome add(CheckpointBallot ballot, long presentEpoch) {
        long target = ballot.vote().target().epoch();
        byTarget.headMap(presentEpoch - WINDOW, true).clear();
        if (!keeps(target, presentEpoch)) {
            return new Outcome.Idle();
        }
        Optional<StakeEvidence> contradiction = contradiction(ballot);
        if (contradiction.isPresent()) {
            return new Outcome.Contradiction(contradiction.get());
        }
        TreeMap<PublicKey, CheckpointBallot> sameTarget = byTarget.computeIfAbsent(target, _ -> new TreeMap<>());
        if (sameTarget.containsKey(ballot.voter()) || sameTarget.size() >= MAX_VOTERS) {
            return new Outcome.Idle();
        }
        sameTarget.put(ballot.voter(), ballot);
        return new Outcome.Fresh();
    }

    /** What a signed ballot, which need not be worth keeping, proves beside those that are here. */
    Optional<StakeEvidence> contradiction(CheckpointBallot ballot) {
        return byTarget.values().stream()
                .flatMap(ballots -> Optional.ofNullable(ballots.get(ballot.voter())).stream())
                .filter(earlier -> earlier.vote().contradicts(ballot.vote()))
                .findFirst()
                .map(earlier -> evidence(earlier, ballot));
    }

    private static StakeEvidence evidence(CheckpointBallot first, CheckpointBallot second) {
        return new StakeEvidence(first.voter(), first.vote(), first.signature(), second.vote(), second.signature());
    }

    /** The links to targets above this epoch that somebody voted for, in the order of the target epochs. */
    Map<CheckpointVote, List<CheckpointBallot>> linksAbove(long epoch) {
        Map<CheckpointVote, List<CheckpointBallot>> links = new LinkedHashMap<>();
        byTarget.tailMap(epoch, false)
                .values()
                .forEach(ballots -> ballots.values()
                        .forEach(ballot -> links.computeIfAbsent(ballot.vote(), _ -> new ArrayList<>())
                                .add(ballot)));
        return links;
    }

    /** What this voter said about a target epoch. */
    Optional<CheckpointBallot> of(PublicKey voter, long targetEpoch) {
        return Optional.ofNullable(
                byTarget.getOrDefault(targetEpoch, new TreeMap<>()).get(voter));
    }

    /** How many ballots there are. */
    long size() {
        return byTarget.values().stream().mapToLong(TreeMap::size).sum();
    }
}
