package synod.sim.pbft;

import java.util.Map;
import java.util.TreeMap;
import synod.consensus.Ballot;
import synod.consensus.Vote;
import synod.consensus.pbft.Commit;
import synod.crypto.Hash;
import synod.node.replica.Output;
import synod.node.wire.WireMessage;
import synod.sim.check.Checker;
import synod.sim.world.Step;

/** Once a quorum has committed to a block in some view, no quorum commits to another one at its height in any view. */
final class CommittedSurvives implements Checker {
    private final VoteBook book;
    private final Map<Long, Hash> committed = new TreeMap<>();

    CommittedSurvives(VoteBook book) {
        this.book = book;
    }

    @Override
    public void stepped(Step step) {
        for (Output output : step.outputs()) {
            if (output instanceof Output.Send(var _, WireMessage.EngineMessage(Commit(Vote vote)))
                    && book.isCommitted(vote.ballot())) {
                check(vote.ballot());
            }
        }
    }

    private void check(Ballot ballot) {
        Hash before = committed.putIfAbsent(ballot.height(), ballot.block());
        if (before != null && !before.equals(ballot.block())) {
            throw violated("at height " + ballot.height() + " quorums committed to " + before + " and, in view "
                    + ballot.view() + ", to " + ballot.block());
        }
    }
}
