package synod.node.byzantine;

import java.util.List;
import synod.node.replica.Output;

/** A strategy of lying: what a member does instead of what its replica wants done. */
@FunctionalInterface
public interface Adversary {
    /** Does what its replica wants done. */
    Adversary NONE = (_, outputs) -> outputs;

    /**
     * Takes what an honest replica wants done and says what is done instead, in this order.
     *
     * @param nowMillis the node's time
     */
    List<Output> corrupt(long nowMillis, List<Output> outputs);
}
