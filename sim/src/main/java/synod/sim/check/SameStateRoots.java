package synod.sim.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import synod.chain.Block;
import synod.chain.state.LedgerAudit;
import synod.crypto.Hash;
import synod.node.replica.Output;
import synod.node.replica.ReplicaEvent;
import synod.sim.world.SimNode;
import synod.sim.world.Step;

/** Executing a block leads every correct member to the same state: the one that its header names. */
public final class SameStateRoots implements Checker {
    private final Map<Hash, Hash> rootAfter = new HashMap<>();

    @Override
    public void stepped(Step step) {
        if (!step.node().isCorrect()) {
            return;
        }
        for (Output output : step.outputs()) {
            if (output instanceof Output.Publish(ReplicaEvent.HeadChanged moved)
                    && !moved.adopted().isEmpty()
                    && moved.adopted()
                            .getLast()
                            .id()
                            .equals(step.view().blocks().head().id())) {
                check(step, moved.adopted().getLast());
            }
        }
    }

    private void check(Step step, Block head) {
        Hash root = step.view().ledger().stateRoot();
        Hash named = head.header().core().stateRoot();
        if (!root.equals(named)) {
            throw violated(step.node() + " has state " + root + " after " + head + ", whose header names " + named);
        }
        Hash before = rootAfter.putIfAbsent(head.id(), root);
        if (before != null && !before.equals(root)) {
            throw violated(step.node() + " has state " + root + " after " + head + ", another member " + before);
        }
    }

    @Override
    public void finish(List<SimNode> nodes) {
        for (SimNode node : nodes) {
            LedgerAudit audit = node.audit();
            if (!audit.stateRoot().equals(audit.recomputedRoot())) {
                throw violated(node + "'s state does not add up to its root: " + audit);
            }
        }
    }
}
