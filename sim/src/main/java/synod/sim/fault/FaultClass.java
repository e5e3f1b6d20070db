package synod.sim.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A kind of thing that goes wrong. A run draws which of them occur in it, and shrinking a failure takes them away. */
public enum FaultClass {
    /** A frame is lost. */
    DROP(0.001, 0.1),
    /** A frame arrives twice. */
    DUPLICATE(0.001, 0.1),
    /** A frame overtakes the ones before it. */
    REORDER(0.001, 0.2),
    /** A frame takes many times as long as others. */
    SLOW_TAIL(0.001, 0.1),
    /** A frame of long ago arrives again. */
    REPLAY(0.0005, 0.02),
    /** A frame arrives without its end. */
    TRUNCATE(0.0002, 0.005),
    /** A connection holds back everything for a while. */
    CLOG(0.01, 0.3),
    /** The nodes fall into two parts that do not hear of each other. */
    PARTITION(0.01, 0.2),
    /** One part hears the other, and is not heard by it. */
    ONE_WAY(0.01, 0.2),
    /** Two parts have one node between them. */
    BRIDGE(0.01, 0.2),
    /** A node loses power, and its disk all that was not synced, or only some of it. */
    CRASH(0.01, 0.3),
    /** The same, at any point between two things that it does. */
    CRASH_BETWEEN_ACTIONS(0.0002, 0.01),
    /** What a crash leaves of the unsynced bytes is cut anywhere, with sectors missing. */
    TORN_WRITE(0.1, 1),
    /** A disk that lied: a crash takes back what was synced. */
    LOST_SUFFIX(0.1, 0.5),
    /** A bit of a stored file turns over while the node is down. */
    BIT_FLIP(0.1, 0.5),
    /** The disk is full. */
    DISK_FULL(0.005, 0.1),
    /** The disk fails to sync. */
    FAILING_SYNC(0.0005, 0.005),
    /** The whole disk is lost, and the node comes back with nothing but its key. */
    DISK_LOSS(0.05, 0.5),
    /** Clocks differ from the start. */
    CLOCK_SKEW(0.1, 1),
    /** A clock jumps ahead. */
    CLOCK_JUMP(0.01, 0.2),
    /** A node stands still for a while, and then takes all at once what came meanwhile. */
    FREEZE(0.01, 0.2),
    /** Some members lie, as many as the protocol tolerates. */
    BYZANTINE(1, 1),
    /** No fault, but it makes everything harder: members vote each other out, and in again. */
    ELECTION(0.05, 0.5);

    private final double lowestRate;
    private final double highestRate;

    /**
     * Rates are drawn between these bounds, on a logarithmic scale: of faults of frames and actions the probability for
     * each, of the others how many a second of virtual time.
     */
    FaultClass(double lowestRate, double highestRate) {
        this.lowestRate = lowestRate;
        this.highestRate = highestRate;
    }

    double rate(double drawn) {
        return lowestRate * Math.pow(highestRate / lowestRate, drawn);
    }

    /** The class with this name in commands. */
    public static Optional<FaultClass> named(String code) {
        return Arrays.stream(values())
                .filter(fault -> fault.code().equals(code))
                .findFirst();
    }

    /** The name in commands. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
