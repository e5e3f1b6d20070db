package synod.consensus.quorum;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Evidence;
import synod.consensus.Vote;
import synod.crypto.Hash;

/**
 * The votes of one kind for one height. Of each member it keeps the vote of the highest view, and of two that contradict
 * each other the first; so it holds no more votes than there are members, whatever they send.
 */
public final class VoteTally {
    private final ValidatorSet members;
    private final TreeMap<Integer, Vote> votes = new TreeMap<>();

    /** An empty tally of these members' votes. */
    public VoteTally(ValidatorSet members) {
        this.members = members;
    }

    /** Takes a vote; those of strangers and of views that the voter has left behind do not count. */
    public Optional<Evidence> add(Vote vote) {
        OptionalInt number = members.number(vote.voter());
        if (number.isEmpty()) {
            return Optional.empty();
        }
        Vote before = votes.get(number.getAsInt());
        if (before != null && before.ballot().contradicts(vote.ballot())) {
            return Optional.of(new Evidence(before, vote));
        }
        if (before == null || before.ballot().view() < vote.ballot().view()) {
            votes.put(number.getAsInt(), vote);
        }
        return Optional.empty();
    }

    /** The votes for this block in this view, in the order of the members' numbers. */
    public List<Vote> of(long view, Hash block) {
        return votes.values().stream()
                .filter(vote ->
                        vote.ballot().view() == view && vote.ballot().block().equals(block))
                .toList();
    }
}
