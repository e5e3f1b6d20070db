package synod.sim.world;

import java.util.Random;
import synod.chain.Block;
import synod.chain.state.Ledger;
import synod.chain.store.KeyValueReader;
import synod.node.replica.BlockReader;
import synod.node.replica.Replica;
import synod.p2p.NodeId;

/** Who a node is, and how its replica is put together: what a consensus protocol brings to the simulation. */
public interface Member {
    /** Its id on the network; twins share one. */
    NodeId id();

    /** A replica that has taken no input yet, around what is on a node's disk. */
    Assembled assemble(KeyValueReader store, BlockReader bodies);

    /** How long a nonce search takes. */
    long searchMillis(Random random);

    /** Gives a block a good nonce. */
    Block search(Block candidate);

    /** A replica and the ledger in it. */
    record Assembled(Replica replica, Ledger ledger) {}
}
