package synod.sim.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import synod.chain.SealedBlock;
import synod.chain.tree.BlockNode;
import synod.node.replica.Output;
import synod.node.replica.ReplicaEvent;
import synod.node.replica.ReplicaView;
import synod.sim.world.SimNode;
import synod.sim.world.Step;

/**
 * All correct members finalize the same block at each height, each after its parent, and what one has finalized it still
 * has after a restart. Hands each block on that a member finalizes.
 */
public final class OneFinalBlock implements Checker {
    private final List<BlockNode> finals = new ArrayList<>();
    private final Map<Integer, Long> finalizedBy = new TreeMap<>();
    private final List<Listener> listeners = new ArrayList<>();

    /** Hears of blocks in the order of their heights. */
    @FunctionalInterface
    public interface Listener {
        /** A correct member finalized this block, with the seal that it has. */
        void finalized(SealedBlock block, BlockNode parent);
    }

    /** From now on the listener hears of every block. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public void stepped(Step step) {
        if (!step.node().isCorrect()) {
            return;
        }
        for (Output output : step.outputs()) {
            if (output instanceof Output.Publish(ReplicaEvent.BlockFinalized(var block))) {
                finalized(step.node(), step.view(), block.height());
            }
        }
    }

    private void finalized(SimNode node, ReplicaView view, long height) {
        long from = finalizedBy.getOrDefault(node.number(), -1L);
        for (long at = from + 1; at <= height; at++) {
            check(node, view, at);
        }
        finalizedBy.put(node.number(), Math.max(from, height));
    }

    private void check(SimNode node, ReplicaView view, long height) {
        BlockNode here = view.blocks()
                .canonical(height)
                .orElseThrow(() -> violated(node + " finalized a branch without a block at height " + height));
        if (height < finals.size()) {
            BlockNode known = finals.get((int) height);
            if (!known.id().equals(here.id())) {
                throw violated("at height " + height + " " + node + " has finalized " + here.id()
                        + ", and another member " + known.id());
            }
        } else {
            finals.add(here);
        }
        if (height > 0) {
            SealedBlock block = view.block(here.id())
                    .orElseThrow(() -> violated(node + " finalized " + here.id() + " and does not have it"));
            listeners.forEach(listener -> listener.finalized(block, finals.get((int) height - 1)));
        }
    }

    @Override
    public void started(SimNode node) {
        Long height = finalizedBy.get(node.number());
        if (height == null || !node.isCorrect()) {
            return;
        }
        BlockNode known = finals.get(height.intValue());
        Optional<BlockNode> here = node.view().blocks().canonical(height);
        if (here.map(BlockNode::id).filter(known.id()::equals).isEmpty()) {
            throw violated(node + " has forgotten the final block " + known.id() + " at height " + height
                    + " over a restart, and has " + here.map(BlockNode::id) + " there");
        }
    }
}
