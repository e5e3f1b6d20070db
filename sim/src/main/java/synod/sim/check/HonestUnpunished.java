package synod.sim.check;

import synod.node.replica.Output;
import synod.p2p.NodeId;
import synod.sim.world.SimNode;
import synod.sim.world.Step;
import synod.sim.world.World;

/** A correct member never takes another for a breaker of rules; to be slow or silent costs less. */
public final class HonestUnpunished implements Checker {
    private static final int BROKEN_RULE_POINTS = 100;

    private final World world;

    /** A checker for the nodes of this world. */
    public HonestUnpunished(World world) {
        this.world = world;
    }

    @Override
    public void stepped(Step step) {
        if (!step.node().isCorrect()) {
            return;
        }
        for (Output output : step.outputs()) {
            if (output instanceof Output.Punish(var peer, var points, var reason)
                    && points >= BROKEN_RULE_POINTS
                    && isCorrect(peer)) {
                throw violated(step.node() + " bans a correct member: " + reason);
            }
        }
    }

    private boolean isCorrect(NodeId id) {
        return world.nodes().stream().filter(node -> node.id().equals(id)).allMatch(SimNode::isCorrect);
    }
}
