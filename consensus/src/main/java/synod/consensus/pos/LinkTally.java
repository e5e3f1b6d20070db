package synod.consensus.pos;

import java.util.List;
import synod.chain.stake.CheckpointVote;
import synod.chain.validator.ValidatorSet;

/**
 * How much stake voted for a link.
 *
 * @param set who may
 * @param counted the ballots of those in it who did
 */
record LinkTally(CheckpointVote link, ValidatorSet set, List<CheckpointBallot> counted) {
    /** Counts those ballots, all of them for this link and of different voters, that are of the set. */
    static LinkTally of(CheckpointVote link, ValidatorSet set, List<CheckpointBallot> ballots) {
        return new LinkTally(
                link,
                set,
                ballots.stream().filter(ballot -> set.contains(ballot.voter())).toList());
    }

    /** The stake that voted. */
    long voted() {
        return counted.stream()
                .mapToLong(ballot -> set.find(ballot.voter()).orElseThrow().weight())
                .sum();
    }

    /** The stake that may vote. */
    long total() {
        return set.totalWeight();
    }

    /** Whether the target is justified. */
    boolean isEnough() {
        return voted() >= JustificationCertificate.quorum(total());
    }

    /** The proof of that. */
    JustificationCertificate certificate() {
        return JustificationCertificate.of(link, set, counted);
    }
}
