package synod.sim;

import java.util.Comparator;
import java.util.OptionalLong;
import java.util.PriorityQueue;

/** What is going to happen, in order of virtual time; equal times in the order in which they were planned. */
final class Agenda {
    private final PriorityQueue<Item> items =
            new PriorityQueue<>(Comparator.comparingLong(Item::atMillis).thenComparingLong(Item::sequence));
    private long nowMillis;
    private long sequence;

    private record Item(long atMillis, long sequence, Runnable action) {}

    Agenda(long startMillis) {
        nowMillis = startMillis;
    }

    /** Virtual time. */
    long nowMillis() {
        return nowMillis;
    }

    /** Plans an action. */
    void in(long delayMillis, Runnable action) {
        items.add(new Item(nowMillis + Math.max(0, delayMillis), sequence++, action));
    }

    /** When the next action is due. */
    OptionalLong nextMillis() {
        return items.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(items.peek().atMillis());
    }

    /** Moves the time to the next action and does it; false if there is none. */
    boolean advance() {
        Item item = items.poll();
        if (item == null) {
            return false;
        }
        nowMillis = item.atMillis();
        item.action().run();
        return true;
    }
}
