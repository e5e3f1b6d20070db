package synod.node.byzantine;

import java.util.List;
import java.util.Optional;
import synod.consensus.Message;
import synod.consensus.pbft.PbftMessage;
import synod.consensus.pbft.ViewChange;
import synod.p2p.NodeId;

/** Denies in view changes that it has prepared anything. */
record OmittedProof(LyingMember self) implements Lie {
    @Override
    public List<? extends Message> instead(NodeId to, PbftMessage message) {
        return List.of(
                message instanceof ViewChange change
                        ? self.resign(change, change.newView(), Optional.empty())
                        : message);
    }
}
