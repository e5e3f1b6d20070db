package synod.sim.pbft;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import synod.chain.SealedBlock;
import synod.chain.transaction.MemberVote;
import synod.chain.transaction.MemberVote.Change;
import synod.chain.transaction.Transaction;
import synod.chain.tree.BlockNode;
import synod.chain.validator.Validator;
import synod.chain.validator.ValidatorSet;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.sim.check.Checker;
import synod.sim.check.OneFinalBlock;

/** Who decides at each height, by the checker's own reading of the votes in final blocks: headers must name the same. */
final class MemberHistory implements Checker, OneFinalBlock.Listener {
    private final List<ValidatorSet> sets = new ArrayList<>();
    private final SortedMap<PublicKey, MemberVote> standing = new TreeMap<>();

    /** A history that begins with those who decide block 1. */
    MemberHistory(ValidatorSet first) {
        sets.add(first);
    }

    /** Who decides the block at this height; empty as long as no correct member has its parent. */
    Optional<ValidatorSet> at(long height) {
        return height >= 1 && height <= sets.size() ? Optional.of(sets.get((int) height - 1)) : Optional.empty();
    }

    /** Who decides next. */
    ValidatorSet latest() {
        return sets.getLast();
    }

    @Override
    public void finalized(SealedBlock block, BlockNode parent) {
        boolean isKnown = block.block().height() < sets.size();
        if (isKnown) {
            return;
        }
        ValidatorSet members = latest();
        for (Transaction transaction : block.block().transactions()) {
            if (transaction.payload() instanceof MemberVote vote) {
                vote(members, transaction.senderKey(), vote);
            }
        }
        ValidatorSet next = settle(members);
        Hash named = block.block().header().core().validatorsRoot();
        if (!next.root().equals(named)) {
            throw violated("block " + block.block().id() + " at height "
                    + block.block().height() + " names the root " + named
                    + " of those who decide next, and the votes so far lead to " + next);
        }
        sets.add(next);
    }

    private void vote(ValidatorSet members, PublicKey voter, MemberVote vote) {
        if (!members.contains(voter)) {
            throw violated("a block holds a vote of " + voter + ", which is no member");
        }
        if (members.contains(vote.key()) == (vote.change() == Change.ADD)) {
            standing.remove(voter);
        } else {
            standing.put(voter, vote);
        }
    }

    /** The change for which a quorum stands takes place, and all votes about its key are over. */
    private ValidatorSet settle(ValidatorSet members) {
        Map<String, Integer> counts = new TreeMap<>();
        for (MemberVote vote : List.copyOf(standing.values())) {
            int count = counts.merge(vote.toString(), 1, Integer::sum);
            if (count == VoteBook.quorum(members.size())) {
                standing.values().removeIf(other -> other.key().equals(vote.key()));
                standing.remove(vote.key());
                return vote.change() == Change.ADD
                        ? members.with(new Validator(vote.key(), 1))
                        : members.without(vote.key());
            }
        }
        return members;
    }
}
