package synod.consensus.pos;

import java.util.ArrayList;
import java.util.List;
import synod.consensus.Action;
import synod.consensus.Entry;

/** What the parts of an engine want done in one step, in order. */
final class Outgoing {
    private List<Action> actions = new ArrayList<>();

    void add(Action action) {
        actions.add(action);
    }

    /** Makes entries durable and does the rest then. */
    void persist(List<Entry> entries, Action... then) {
        actions.add(new Action.Persist(entries, List.of(then)));
    }

    /** Hands over what was collected. */
    List<Action> drain() {
        List<Action> drained = actions;
        actions = new ArrayList<>();
        return drained;
    }
}
