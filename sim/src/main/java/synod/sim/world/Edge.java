package synod.sim.world;

import synod.chain.RejectedException;
import synod.node.wire.WireMessage;

/** What stands before every replica: decodes frames and checks what can be checked without state, as the real node's does. */
@FunctionalInterface
public interface Edge {
    /** Decodes and checks a frame. */
    WireMessage check(int kind, byte[] payload) throws RejectedException;
}
