package synod.node.replica;

import java.util.ArrayList;
import java.util.List;

/** Collects the outputs of one step, and numbers those that are answered. */
public final class Outbox {
    private List<Output> outputs = new ArrayList<>();
    private long lastTicket;

    /** Adds an output after the others. */
    public void add(Output output) {
        outputs.add(output);
    }

    /** A ticket that no output had before. */
    public long nextTicket() {
        return ++lastTicket;
    }

    /** Takes what was collected. */
    List<Output> drain() {
        List<Output> drained = outputs;
        outputs = new ArrayList<>();
        return drained;
    }
}
