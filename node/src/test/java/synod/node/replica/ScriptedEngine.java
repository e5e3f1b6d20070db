package synod.node.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import synod.consensus.Action;
import synod.consensus.Engine;
import synod.consensus.EngineStatus;
import synod.consensus.Event;

/** An engine that does what the test says, and remembers what it was told. */
final class ScriptedEngine implements Engine {
    final List<Event> events = new ArrayList<>();
    private Function<Event, List<Action>> script = _ -> List.of();

    /** From now on events are answered like this. */
    void answer(Function<Event, List<Action>> answers) {
        script = answers;
    }

    /** The next event, whatever it is, is answered with these actions; those after it with none. */
    void next(Action... actions) {
        script = _ -> {
            script = _ -> List.of();
            return List.of(actions);
        };
    }

    <T extends Event> List<T> heard(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public List<Action> step(Event event) {
        events.add(event);
        return script.apply(event);
    }

    @Override
    public EngineStatus status(long nowMillis) {
        return new EngineStatus("scripted", "does what a test says", new TreeMap<>());
    }
}
