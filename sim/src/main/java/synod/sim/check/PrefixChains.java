package synod.sim.check;

import java.util.Map;
import java.util.TreeMap;
import synod.chain.Block;
import synod.chain.tree.BlockNode;
import synod.node.replica.Output;
import synod.node.replica.ReplicaEvent;
import synod.sim.world.SimNode;
import synod.sim.world.Step;

/** Whenever a head moves, the branch below it is a chain, and no block leaves it that was final. */
public final class PrefixChains implements Checker {
    private final Map<Integer, Long> finalHeight = new TreeMap<>();

    @Override
    public void stepped(Step step) {
        if (!step.node().isCorrect()) {
            return;
        }
        for (Output output : step.outputs()) {
            switch (output) {
                case Output.Publish(ReplicaEvent.BlockFinalized(var block)) ->
                    finalHeight.merge(step.node().number(), block.height(), Math::max);
                case Output.Publish(ReplicaEvent.HeadChanged moved) -> check(step, moved);
                default -> {}
            }
        }
    }

    private void check(Step step, ReplicaEvent.HeadChanged moved) {
        long floor = finalHeight.getOrDefault(step.node().number(), 0L);
        for (BlockNode abandoned : moved.abandoned()) {
            if (abandoned.height() <= floor) {
                throw violated(step.node() + " left block " + abandoned.id() + " at height " + abandoned.height()
                        + ", and had finalized up to " + floor);
            }
        }
        Block below = null;
        for (Block adopted : moved.adopted()) {
            if (below != null && !adopted.header().parent().equals(below.id())) {
                throw violated(step.node() + " adopted " + adopted.id() + " on " + below.id() + ", not its parent");
            }
            below = adopted;
        }
    }

    @Override
    public void stopped(SimNode node, String why) {
        // a replica knows after a restart what is final only when the engine says so again
        finalHeight.remove(node.number());
    }
}
