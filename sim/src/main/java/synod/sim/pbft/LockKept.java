package synod.sim.pbft;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import synod.consensus.Ballot;
import synod.consensus.Message;
import synod.consensus.pbft.Commit;
import synod.consensus.pbft.ViewChange;
import synod.node.replica.Output;
import synod.node.wire.WireMessage;
import synod.sim.check.Checker;
import synod.sim.world.Step;

/** Who has committed to a block shows in every later view change of that height that it was prepared, over restarts too. */
final class LockKept implements Checker {
    private final Map<Integer, Ballot> lastCommit = new TreeMap<>();
    private @Nullable Message last;

    @Override
    public void stepped(Step step) {
        if (!step.node().isCorrect()) {
            return;
        }
        for (Output output : step.outputs()) {
            if (output instanceof Output.Send(var _, WireMessage.EngineMessage(var message)) && message != last) {
                last = message;
                switch (message) {
                    case Commit(var vote) -> committed(step, vote.ballot());
                    case ViewChange change -> check(step, change);
                    default -> {}
                }
            }
        }
    }

    private void committed(Step step, Ballot ballot) {
        lastCommit.merge(step.node().number(), ballot, (before, now) -> isLater(now, before) ? now : before);
    }

    private static boolean isLater(Ballot one, Ballot other) {
        return one.height() > other.height() || one.height() == other.height() && one.view() > other.view();
    }

    private void check(Step step, ViewChange change) {
        Ballot commit = lastCommit.get(step.node().number());
        if (commit == null || commit.height() != change.height() || change.newView() <= commit.view()) {
            return;
        }
        if (change.prepared().filter(proof -> proof.view() >= commit.view()).isEmpty()) {
            throw violated(step.node() + " committed to " + commit.block() + " at height " + commit.height()
                    + " in view " + commit.view() + ", and denies it in its " + PbftWords.describe(change));
        }
    }
}
