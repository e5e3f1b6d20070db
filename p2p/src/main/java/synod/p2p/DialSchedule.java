package synod.p2p;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import synod.p2p.policy.Backoff;

/**
 * When which address may be dialled. Kept addresses are due for good; others are only held back after failures.
 *
 * <p>A quick first redial after a connection that lasted, and growing waits after failures and after connections that
 * did not last, so that a peer that accepts and hangs up is not hammered. Pure: time and randomness are arguments.
 */
final class DialSchedule {
    /** Beyond so many addresses, those that wait for nothing are forgotten. */
    private static final int MAX_COURSES = 1024;

    private static final class Course {
        private Optional<PeerAddress> kept = Optional.empty();
        private Optional<NodeId> lastMet = Optional.empty();
        private boolean underWay;
        private int failures;
        private long dueMillis = Long.MIN_VALUE;
    }

    private final Backoff backoff;
    private final long stableMillis;
    private final Map<PeerAddress, Course> courses = new LinkedHashMap<>();

    /**
     * An empty schedule.
     *
     * @param stableMillis how long a connection must last to clear earlier failures
     */
    DialSchedule(Backoff backoff, long stableMillis) {
        this.backoff = backoff;
        this.stableMillis = stableMillis;
    }

    /** Keeps an address dialled, and makes it due now. */
    void keep(PeerAddress address) {
        Course course = course(address);
        course.kept = Optional.of(address);
        course.lastMet = address.pinned();
        course.failures = 0;
        course.dueMillis = Long.MIN_VALUE;
    }

    /** Whether a node id is pinned by a kept address. */
    boolean isKept(NodeId peer) {
        return courses.values().stream()
                .anyMatch(c -> c.kept.flatMap(PeerAddress::pinned).equals(Optional.of(peer)));
    }

    /** Kept addresses to dial now, except those where the node last met is among the connected. */
    List<PeerAddress> dueKept(long nowMillis, Predicate<NodeId> connected) {
        List<PeerAddress> due = new ArrayList<>();
        for (Course course : courses.values()) {
            if (course.kept.isPresent()
                    && !course.underWay
                    && course.dueMillis <= nowMillis
                    && course.lastMet.filter(connected).isEmpty()) {
                due.add(course.kept.get());
            }
        }
        return due;
    }

    /** Whether nothing speaks against dialling an address that is not kept. */
    boolean isFree(PeerAddress address, long nowMillis) {
        Course course = courses.get(address.endpoint());
        return course == null || (course.kept.isEmpty() && !course.underWay && course.dueMillis <= nowMillis);
    }

    /** A dial begins; until one of the methods below ends it no other does. */
    void started(PeerAddress address) {
        course(address).underWay = true;
    }

    /** The node found there. */
    void met(PeerAddress address, NodeId peer) {
        Course course = course(address);
        if (course.kept.flatMap(PeerAddress::pinned).isEmpty()) {
            course.lastMet = Optional.of(peer);
        }
    }

    /**
     * The dial came to nothing.
     *
     * @param hopeless whether trying again soon cannot help: it waits the longest at once
     */
    void failed(PeerAddress address, boolean hopeless, long nowMillis, RandomGenerator random) {
        Course course = course(address);
        course.underWay = false;
        course.failures = hopeless ? Integer.MAX_VALUE - 1 : course.failures;
        course.dueMillis = nowMillis + backoff.delayMillis(course.failures, random);
        course.failures = Math.min(course.failures + 1, 1_000);
        forgetIdle(nowMillis);
    }

    /** A connection that was dialled has ended after so long. */
    void ended(PeerAddress address, long lastedMillis, long nowMillis, RandomGenerator random) {
        if (lastedMillis >= stableMillis) {
            course(address).failures = 0;
        }
        failed(address, false, nowMillis, random);
    }

    /** The dial met a peer to which there is another connection: no failure, and due again when that one ends. */
    void superfluous(PeerAddress address, long nowMillis) {
        Course course = course(address);
        course.underWay = false;
        course.dueMillis =
                course.kept.isPresent() ? nowMillis + backoff.firstMillis() : nowMillis + backoff.capMillis();
    }

    /** How many addresses are remembered. */
    int size() {
        return courses.size();
    }

    private Course course(PeerAddress address) {
        return courses.computeIfAbsent(address.endpoint(), key -> new Course());
    }

    private void forgetIdle(long nowMillis) {
        if (courses.size() > MAX_COURSES) {
            courses.values().removeIf(c -> c.kept.isEmpty() && !c.underWay && c.dueMillis <= nowMillis);
        }
    }
}
