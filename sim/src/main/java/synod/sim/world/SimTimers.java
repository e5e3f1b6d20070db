package synod.sim.world;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The timers of one life of a node, on the node's clock. */
final class SimTimers {
    private final Agenda agenda;
    private final SimClock clock;
    private final Consumer<String> expired;
    private final Map<String, Long> dueMillis = new TreeMap<>();
    private boolean stopped;

    SimTimers(Agenda agenda, SimClock clock, Consumer<String> expired) {
        this.agenda = agenda;
        this.clock = clock;
        this.expired = expired;
    }

    void set(String timer, long atMillis) {
        dueMillis.put(timer, atMillis);
        plan(timer, atMillis);
    }

    void clear(String timer) {
        dueMillis.remove(timer);
    }

    /** The clock jumped. */
    void clockChanged() {
        dueMillis.forEach(this::plan);
    }

    void stop() {
        stopped = true;
    }

    private void plan(String timer, long atMillis) {
        agenda.at(clock.whenItShows(atMillis), () -> {
            if (!stopped && dueMillis.getOrDefault(timer, Long.MAX_VALUE) == atMillis && clock.millis() >= atMillis) {
                dueMillis.remove(timer);
                expired.accept(timer);
            }
        });
    }
}
