package synod.sim.world;

import synod.node.replica.Input;
import synod.node.wire.WireMessage;

/** Finds the words for a story. */
public interface Narrator {
    /** What a message says. */
    String message(WireMessage message);

    /** What happens to a node, apart from messages. */
    String input(Input input);
}
