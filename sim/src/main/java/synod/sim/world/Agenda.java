package synod.sim.world;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What is going to happen, in order of virtual time; equal times in the order in which they were planned. */
public final class Agenda {
    private final PriorityQueue<Item> items =
            new PriorityQueue<>(Comparator.comparingLong(Item::atMillis).thenComparingLong(Item::sequence));
    private long nowMillis;
    private long sequence;

    private record Item(long atMillis, long sequence, Runnable action) {}

    Agenda(long startMillis) {
        nowMillis = startMillis;
    }

    /** Virtual time. */
    public long nowMillis() {
        return nowMillis;
    }

    /** Plans an action after a delay. */
    public void in(long delayMillis, Runnable action) {
        at(nowMillis + delayMillis, action);
    }

    /** Plans an action for a time; one that has passed means now. */
    public void at(long atMillis, Runnable action) {
        items.add(new Item(Math.max(nowMillis, atMillis), sequence++, action));
    }

    /** Moves the time to the next action and does it; false if none is due until the given time, which it is then. */
    boolean advance(long untilMillis) {
        Item next = items.peek();
        if (next == null || next.atMillis() > untilMillis) {
            nowMillis = Math.max(nowMillis, untilMillis);
            return false;
        }
        items.remove();
        nowMillis = next.atMillis();
        next.action().run();
        return true;
    }
}
