package synod.consensus;

import java.util.List;
import synod.chain.stake.StakeEvidence;

/** A consensus protocol as a pure state machine: the same state and event give the same actions. */
public interface Engine {
    /** Takes one event and says what is to be done, in this order. */
    List<Action> step(Event event);

    /** What the engine is doing and what it waits for, for people and programs. */
    EngineStatus status(long nowMillis);

    /** The buffers that others can fill. */
    default List<Buffer> buffers() {
        return List.of();
    }

    /** Proof of stakers' contradictions that this node has seen; what an engine without stake never has. */
    default List<StakeEvidence> stakeEvidence() {
        return List.of();
    }

    /** Proof of members' contradictions that this node has seen; what an engine without members never has. */
    default List<Evidence> evidence() {
        return List.of();
    }
}
