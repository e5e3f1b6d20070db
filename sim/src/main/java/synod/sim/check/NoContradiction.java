package synod.sim.check;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import synod.consensus.Ballot;
import synod.consensus.Message;
import synod.consensus.Vote;
import synod.node.replica.Output;
import synod.node.wire.WireMessage;
import synod.p2p.NodeId;
import synod.sim.world.Step;

/** A correct member never says two things that contradict each other, over all its lives. */
public final class NoContradiction implements Checker {
    private final Function<Message, List<Vote>> votes;
    private final Map<String, Ballot> said = new TreeMap<>();
    private @Nullable Message last;

    /** A checker for messages with these votes in them. */
    public NoContradiction(Function<Message, List<Vote>> votes) {
        this.votes = votes;
    }

    @Override
    public void stepped(Step step) {
        if (!step.node().isCorrect()) {
            return;
        }
        for (Output output : step.outputs()) {
            if (output instanceof Output.Send(var _, WireMessage.EngineMessage(var message)) && message != last) {
                // a broadcast is the same message to each
                last = message;
                votes.apply(message).stream()
                        // and not another's, passed on
                        .filter(vote ->
                                NodeId.of(vote.voter()).equals(step.node().id()))
                        .forEach(vote -> check(step, vote));
            }
        }
    }

    private void check(Step step, Vote vote) {
        Ballot ballot = vote.ballot();
        String key = vote.voter() + " " + ballot.kind() + " " + ballot.height() + " " + ballot.view();
        Ballot before = said.putIfAbsent(key, ballot);
        if (before != null && before.contradicts(ballot)) {
            throw violated(step.node() + " signed a " + ballot.kind() + " for " + ballot.block() + " at height "
                    + ballot.height() + " in view " + ballot.view() + ", and before one for " + before.block());
        }
    }
}
