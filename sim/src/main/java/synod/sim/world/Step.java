package synod.sim.world;

import java.util.List;
import synod.node.replica.Input;
import synod.node.replica.Output;
import synod.node.replica.ReplicaView;

/**
 * One input to one replica and what came of it.
 *
 * @param view the replica after it, also when the node crashed over it
 * @param outputs what was carried out: what an adversary made of the replica's outputs, up to a crash
 */
public record Step(SimNode node, ReplicaView view, Input input, List<Output> outputs) {}
