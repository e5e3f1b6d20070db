package synod.node.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/** Named timers in the order in which they run out; equal times in the order in which they were set. */
public final class Timers {
    private final TreeSet<Timer> queue = new TreeSet<>();
    private final Map<String, Timer> byName = new HashMap<>();
    private long sequence;

    private record Timer(long atMillis, long sequence, String name) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    /** Sets a timer, instead of one of the same name. */
    public void set(String name, long atMillis) {
        clear(name);
        Timer timer = new Timer(atMillis, sequence++, name);
        byName.put(name, timer);
        queue.add(timer);
    }

    /** Clears a timer, if it is set. */
    public void clear(String name) {
        Timer timer = byName.remove(name);
        if (timer != null) {
            queue.remove(timer);
        }
    }

    /** When the next one runs out. */
    public OptionalLong nextMillis() {
        return queue.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(queue.first().atMillis());
    }

    /** Takes out the next timer that has run out at this time. */
    public Optional<String> pollDue(long nowMillis) {
        if (queue.isEmpty() || queue.first().atMillis() > nowMillis) {
            return Optional.empty();
        }
        Timer timer = queue.removeFirst();
        byName.remove(timer.name());
        return Optional.of(timer.name());
    }
}
