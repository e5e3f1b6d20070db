package synod.sim.world;

/** One connection's life: what was sent on an earlier one between the same nodes never arrives on a later one. */
final class Connection {
    private final long[] lastArrivalMillis = new long[2];
    private boolean open = true;
    private long cloggedUntilMillis;
    private int points;

    boolean isOpen() {
        return open;
    }

    void close() {
        open = false;
    }

    void clogUntil(long millis) {
        cloggedUntilMillis = Math.max(cloggedUntilMillis, millis);
    }

    /** When a frame that needs until then arrives: after the ones before it, unless it overtakes them. */
    long arrival(boolean upwards, long readyMillis, boolean overtakes) {
        int direction = upwards ? 1 : 0;
        long unclogged = Math.max(readyMillis, cloggedUntilMillis);
        if (overtakes) {
            return unclogged;
        }
        lastArrivalMillis[direction] = Math.max(lastArrivalMillis[direction], unclogged);
        return lastArrivalMillis[direction];
    }

    /** One end found fault with the other; returns all the points so far. */
    int charge(int fault) {
        points += fault;
        return points;
    }
}
