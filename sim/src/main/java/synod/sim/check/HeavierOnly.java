package synod.sim.check;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import synod.node.replica.Output;
import synod.node.replica.ReplicaEvent;
import synod.sim.world.Step;

/** Under proof of work a head is left only for one with more work behind it, over restarts too. */
public final class HeavierOnly implements Checker {
    private final Map<Integer, BigInteger> weight = new TreeMap<>();

    @Override
    public void stepped(Step step) {
        if (!step.node().isCorrect()) {
            return;
        }
        for (Output output : step.outputs()) {
            if (output instanceof Output.Publish(ReplicaEvent.HeadChanged moved)
                    && !moved.abandoned().isEmpty()) {
                check(step);
            }
        }
        weight.put(step.node().number(), step.view().blocks().head().totalWeight());
    }

    private void check(Step step) {
        BigInteger before = weight.getOrDefault(step.node().number(), BigInteger.ZERO);
        BigInteger now = step.view().blocks().head().totalWeight();
        if (now.compareTo(before) <= 0) {
            throw violated(step.node() + " left a branch of weight " + before + " for one of weight " + now);
        }
    }
}
