package synod.sim.check;

import synod.consensus.Buffer;
import synod.sim.world.Step;

/** Nothing that others can fill grows beyond its bound. */
public final class BoundedBuffers implements Checker {
    @Override
    public void stepped(Step step) {
        if (!step.node().isCorrect()) {
            return;
        }
        for (Buffer buffer : step.view().buffers()) {
            if (buffer.size() > buffer.bound()) {
                throw violated(step.node() + " holds " + buffer.size() + " " + buffer.name() + ", and may hold "
                        + buffer.bound());
            }
        }
    }
}
