package synod.sim.pos;

import synod.chain.tree.BlockNode;
import synod.node.replica.ReplicaView;

/** How far a node's branch is final. */
final class Finals {
    private Finals() {}

    /** The epoch of the highest final block; 0 while that is block 0. */
    static long epoch(ReplicaView view) {
        BlockNode node = view.blocks().head();
        while (node.height() > 0 && !view.finality(node.id()).isFinal()) {
            node = view.blocks().node(node.parent()).orElseThrow();
        }
        return node.height() == 0
                ? 0
                : PosProtocol.CLOCK.epoch(PosProtocol.CLOCK.slot(node.header().timeMillis())) + 1;
    }
}
