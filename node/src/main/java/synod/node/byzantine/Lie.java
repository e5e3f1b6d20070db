package synod.node.byzantine;

import java.util.ArrayList;
import java.util.List;
import synod.consensus.Message;
import synod.consensus.pbft.PbftMessage;
import synod.node.replica.Output;
import synod.node.wire.WireMessage;
import synod.p2p.NodeId;

/** What is said to a member instead of a message of PBFT. */
@FunctionalInterface
interface Lie {
    /** The messages that this peer gets in its place. */
    List<? extends Message> instead(NodeId to, PbftMessage message);

    /** An adversary that lies so, and does everything else as an honest node does. */
    default Adversary asAdversary() {
        return (nowMillis, outputs) -> {
            List<Output> corrupted = new ArrayList<>(outputs.size());
            for (Output output : outputs) {
                if (output instanceof Output.Send(var to, WireMessage.EngineMessage(PbftMessage message))) {
                    instead(to, message)
                            .forEach(other -> corrupted.add(new Output.Send(to, new WireMessage.EngineMessage(other))));
                } else {
                    corrupted.add(output);
                }
            }
            return corrupted;
        };
    }
}
