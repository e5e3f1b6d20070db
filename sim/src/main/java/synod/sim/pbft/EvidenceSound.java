package synod.sim.pbft;

import java.util.List;
import synod.consensus.Evidence;
import synod.p2p.NodeId;
import synod.sim.check.Checker;
import synod.sim.protocol.KeyedHash;
import synod.sim.world.Marks;
import synod.sim.world.SimNode;

/** Evidence of a contradiction is proof, and accuses no correct member. */
final class EvidenceSound implements Checker {
    private final Marks marks;

    EvidenceSound(Marks marks) {
        this.marks = marks;
    }

    @Override
    public void finish(List<SimNode> nodes) {
        for (SimNode node : nodes) {
            for (Evidence evidence : node.view().evidence()) {
                marks.mark("a contradiction was proven");
                check(nodes, node, evidence);
            }
        }
    }

    private void check(List<SimNode> nodes, SimNode node, Evidence evidence) {
        NodeId accused = NodeId.of(evidence.accused());
        boolean isCorrect = nodes.stream().anyMatch(other -> other.id().equals(accused));
        if (isCorrect || !evidence.isProof(KeyedHash::verifies)) {
            throw violated(node + " accuses " + evidence.accused() + " with " + evidence);
        }
    }
}
