package synod.sim.nemesis;

import java.util.List;
import synod.sim.world.SimNode;

/** How many nodes may be faulty for good: liars, and those whose disks do not hold what was synced to them. */
final class FaultBudget {
    private final List<SimNode> nodes;
    private final int limit;

    FaultBudget(List<SimNode> nodes, int limit) {
        this.nodes = nodes;
        this.limit = limit;
    }

    /** Whether this node may be damaged; if so, it counts as faulty from now on. */
    boolean takes(SimNode node) {
        if (node.isCorrect()) {
            // twins are one member
            long faulty = nodes.stream()
                    .filter(other -> !other.isCorrect())
                    .map(SimNode::id)
                    .distinct()
                    .count();
            if (faulty >= limit) {
                return false;
            }
            node.markDamaged();
        }
        return true;
    }
}
