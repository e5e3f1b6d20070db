package synod.node.replica;

import java.util.List;

/** Lets tests of the replica's parts, which stand in other packages, read what a part asked for. */
public final class Drain {
    private Drain() {}

    /** Takes what was put into the outbox since the last time. */
    public static List<Output> of(Outbox out) {
        return out.drain();
    }
}
