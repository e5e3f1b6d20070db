package synod.consensus.pbft;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import synod.consensus.Action;
import synod.consensus.Entry;

/** Collects the actions of a step, and remembers what was said of the open height, to say it again until it is decided. */
final class Outgoing {
    /** The timer that runs while something may have to be said again. */
    static final String RESEND = "resend";

    private final Timeouts timeouts;
    private final TreeMap<PbftMessage.Kind, PbftMessage> said = new TreeMap<>();
    private List<Action> actions = new ArrayList<>();
    private long resends;

    Outgoing(Timeouts timeouts) {
        this.timeouts = timeouts;
    }

    void add(Action action) {
        actions.add(action);
    }

    /** Says something to all members when the entries are durable, and again until something else of its kind is said. */
    void say(List<Entry> entries, PbftMessage message) {
        said.put(message.kind(), message);
        add(new Action.Persist(entries, List.of(new Action.Broadcast(message))));
        resends = 0;
        startResendTimer();
    }

    /** Says what rests on entries of earlier messages, which a slow disk may still be writing: when they are durable. */
    void afterEntries(Action saying) {
        add(new Action.Persist(List.of(), List.of(saying)));
    }

    /** Nothing that was said is said again: it is about a view or a height that is left. */
    void fallSilent() {
        said.clear();
    }

    /** Says everything again, and more and more rarely; false if there is nothing to say. */
    boolean resend() {
        said.values().forEach(message -> afterEntries(new Action.Broadcast(message)));
        resends++;
        return !said.isEmpty();
    }

    /** The timer for the next resend. */
    void startResendTimer() {
        add(new Action.StartTimer(RESEND, timeouts.resendMillis(resends)));
    }

    List<Action> drain() {
        List<Action> drained = actions;
        actions = new ArrayList<>();
        return drained;
    }
}
