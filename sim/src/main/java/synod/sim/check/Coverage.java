package synod.sim.check;

import java.util.Map;
import java.util.TreeMap;
import synod.node.replica.Input;
import synod.node.replica.Output;
import synod.node.replica.ReplicaEvent;
import synod.sim.world.Marks;
import synod.sim.world.SimNode;
import synod.sim.world.Step;
import synod.sim.world.Watcher;

/** Marks the interesting cases that every protocol can meet. */
public final class Coverage implements Watcher {
    private static final int DEEP = 3;

    private final Marks marks;
    private final Map<Integer, Long> lastHeight = new TreeMap<>();

    /** Marks there. */
    public Coverage(Marks marks) {
        this.marks = marks;
    }

    @Override
    public void started(SimNode node) {
        long before = lastHeight.getOrDefault(node.number(), 0L);
        if (before > 0) {
            marks.mark("a node restarted with blocks on its disk");
        }
    }

    @Override
    public void stepped(Step step) {
        for (Output output : step.outputs()) {
            if (output instanceof Output.Publish(ReplicaEvent.HeadChanged moved)) {
                moved(step, moved);
            }
        }
        if (step.input() instanceof Input.Started(var acknowledged, var entries)) {
            if (!acknowledged.isEmpty()) {
                marks.mark("acknowledged transactions were restored at start");
            }
            if (!entries.isEmpty()) {
                marks.mark("engine entries were restored at start");
            }
        }
    }

    private void moved(Step step, ReplicaEvent.HeadChanged moved) {
        lastHeight.put(step.node().number(), step.view().blocks().head().height());
        if (!moved.abandoned().isEmpty()) {
            marks.mark("a reorganisation");
        }
        if (moved.abandoned().size() >= DEEP) {
            marks.mark("a reorganisation of " + DEEP + " blocks or more");
        }
        if (moved.adopted().size() >= DEEP) {
            marks.mark("a node caught up by " + DEEP + " blocks or more at once");
        }
    }
}
