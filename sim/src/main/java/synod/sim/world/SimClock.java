package synod.sim.world;

/** A node's clock: virtual time and how far this clock is ahead of it. Like the real node's it never goes back. */
public final class SimClock {
    private final Agenda agenda;
    private long aheadMillis;

    SimClock(Agenda agenda) {
        this.agenda = agenda;
    }

    /** What the node takes the time to be. */
    public long millis() {
        return agenda.nowMillis() + aheadMillis;
    }

    /** When this clock will show a time, if it does not jump before. */
    long whenItShows(long millis) {
        return millis - aheadMillis;
    }

    void jump(long millis) {
        aheadMillis += millis;
    }

    boolean isRight() {
        return aheadMillis == 0;
    }

    /** Sets it right: only while the node is down. */
    void setRight() {
        aheadMillis = 0;
    }
}
