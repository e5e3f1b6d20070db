package synod.sim.pos;

import java.util.Map;
import java.util.TreeMap;
import synod.chain.tree.BlockNode;
import synod.node.replica.Output;
import synod.node.replica.ReplicaEvent;
import synod.sim.check.Checker;
import synod.sim.world.Step;

/** A reorganisation never goes to a branch without the checkpoint that the node then says is justified. */
final class JustifiedKept implements Checker {
    private final Map<Integer, String> justified = new TreeMap<>();

    @Override
    public void stepped(Step step) {
        if (!step.node().isCorrect()) {
            return;
        }
        // while it reads its journal it says nothing yet
        String now = step.view().engine().details().getOrDefault("justified", "");
        for (Output output : step.outputs()) {
            if (output instanceof Output.Publish(ReplicaEvent.HeadChanged moved)
                    && !moved.abandoned().isEmpty()
                    && !now.isEmpty()
                    && now.equals(justified.getOrDefault(step.node().number(), now))) {
                requireOnBranch(step, now);
            }
        }
        justified.put(step.node().number(), now);
    }

    private void requireOnBranch(Step step, String justified) {
        String id = justified.substring(justified.lastIndexOf(' ') + 1);
        BlockNode node = step.view().blocks().head();
        while (node.height() > 0 && !node.id().toString().equals(id)) {
            node = step.view().blocks().node(node.parent()).orElseThrow();
        }
        if (!node.id().toString().equals(id)) {
            throw violated(step.node() + " left the branch of " + justified + ", which it says is justified");
        }
    }
}
