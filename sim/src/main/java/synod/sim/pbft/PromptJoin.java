package synod.sim.pbft;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import synod.chain.validator.ValidatorSet;
import synod.consensus.EngineStatus;
import synod.consensus.pbft.ViewChange;
import synod.crypto.PublicKey;
import synod.node.replica.Input;
import synod.node.wire.WireMessage;
import synod.sim.check.Checker;
import synod.sim.world.SimNode;
import synod.sim.world.Step;

/**
 * A correct member that hears f + 1 others want views above its own goes to one of them at once, without waiting for its
 * own time-out (OSDI §4.5.2).
 */
final class PromptJoin implements Checker {
    private final MemberHistory history;
    private final Map<Integer, SortedMap<PublicKey, ViewChange>> heard = new TreeMap<>();

    PromptJoin(MemberHistory history) {
        this.history = history;
    }

    @Override
    public void stepped(Step step) {
        if (step.node().isCorrect()
                && step.input() instanceof Input.Received(var _, var message)
                && message.value() instanceof WireMessage.EngineMessage(ViewChange change)) {
            EngineStatus status = step.view().engine();
            boolean votes = status.role().equals("primary") || status.role().equals("backup");
            boolean decided = status.activity().startsWith("executes");
            if (votes
                    && !decided
                    && change.height() == Long.parseLong(status.details().get("height"))) {
                heard(step.node(), change, Long.parseLong(status.details().get("view")));
            }
        }
    }

    private void heard(SimNode node, ViewChange change, long view) {
        Optional<ValidatorSet> members =
                history.at(change.height()).filter(set -> set.contains(change.sender()) && isSound(change, set));
        if (members.isEmpty()) {
            return;
        }
        SortedMap<PublicKey, ViewChange> latest = heard.computeIfAbsent(node.number(), _ -> new TreeMap<>());
        latest.values().removeIf(old -> old.height() != change.height());
        latest.merge(change.sender(), change, (old, next) -> next.newView() > old.newView() ? next : old);
        long higher =
                latest.values().stream().filter(one -> one.newView() > view).count();
        int faulty = (members.get().size() - 1) / 3;
        if (higher > faulty) {
            throw violated(node + " stays in view " + view + " at height " + change.height() + ", although " + higher
                    + " others want later ones");
        }
    }

    private static boolean isSound(ViewChange change, ValidatorSet members) {
        return change.prepared()
                .filter(proof -> proof.height() != change.height()
                        || proof.view() >= change.newView()
                        || !NewViewBound.isSound(proof, members))
                .isEmpty();
    }

    @Override
    public void stopped(SimNode node, String why) {
        heard.remove(node.number());
    }
}
