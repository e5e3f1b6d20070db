package synod.sim.check;

import java.util.List;
import synod.sim.world.SimNode;
import synod.sim.world.Violation;
import synod.sim.world.Watcher;

/** Something that must hold of a run, whatever goes wrong in it. */
public interface Checker extends Watcher {
    /** The run is over: what must hold of what it has come to. All nodes given are correct, up, and level. */
    default void finish(List<SimNode> nodes) {}

    /** What it is called in reports. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** That it does not hold. */
    default Violation violated(String detail) {
        return new Violation(name(), detail);
    }
}
