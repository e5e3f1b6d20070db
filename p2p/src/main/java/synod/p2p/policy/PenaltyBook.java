package synod.p2p.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Misbehaviour points and timed bans of those who earned them. Points decay steadily; at {@value #BAN_POINTS} their
 * holder is banned, each time twice as long as the last, up to {@value #LONGEST_BAN_MILLIS} ms. A ban is forgotten
 * {@value #MEMORY_MILLIS} ms after it ended.
 *
 * <p>Holds at most a fixed number of subjects; the one whose record lapses first makes room.
 *
 * @param <K> who is punished: a node id, or an address group for offences made before there is an identity
 */
public final class PenaltyBook<K extends Comparable<K>> {
    /** The points at which a ban begins. */
    public static final int BAN_POINTS = 100;

    private static final long LONGEST_BAN_MILLIS = 24L * 60 * 60 * 1000;
    private static final long MEMORY_MILLIS = 7 * LONGEST_BAN_MILLIS;
    private static final long MILLIS_PER_POINT = 6_000;

    /**
     * A ban.
     *
     * @param untilMillis when it ends (or ended), wall clock
     * @param offences how many bans its subject has had, this one included
     */
    public record Entry<K>(K subject, long untilMillis, int offences, String reason) {}

    private static final class Penalty {
        /** The moment at which all points have decayed; points are the distance to it. */
        private long cleanAtMillis;

        private int offences;
        private long bannedUntilMillis;
        private String reason = "";

        private long points(long nowMillis) {
            return Math.max(0, (cleanAtMillis - nowMillis + MILLIS_PER_POINT - 1) / MILLIS_PER_POINT);
        }

        private long lapsesAtMillis() {
            return Math.max(cleanAtMillis, offences == 0 ? 0 : bannedUntilMillis + MEMORY_MILLIS);
        }
    }

    private final long firstBanMillis;
    private final int maxSubjects;
    private final TreeMap<K, Penalty> penalties = new TreeMap<>();

    /**
     * An empty book.
     *
     * @param firstBanMillis length of a first ban
     * @param maxSubjects how many subjects are remembered, at least 1
     */
    public PenaltyBook(long firstBanMillis, int maxSubjects) {
        if (firstBanMillis < 1 || maxSubjects < 1) {
            throw new IllegalArgumentException("a penalty book needs a ban length and room for a subject");
        }
        this.firstBanMillis = firstBanMillis;
        this.maxSubjects = maxSubjects;
    }

    /**
     * Adds points.
     *
     * @param points 0 or more
     * @return the ban that begins with them, if one does
     */
    public Optional<Entry<K>> charge(K subject, int points, String reason, long nowMillis) {
        if (points < 0) {
            throw new IllegalArgumentException("penalty points are not negative: " + points);
        }
        Penalty penalty = penalties.get(subject);
        if (penalty == null) {
            makeRoom(nowMillis);
            penalty = new Penalty();
            penalties.put(subject, penalty);
        }
        penalty.cleanAtMillis = Math.max(nowMillis, penalty.cleanAtMillis) + points * MILLIS_PER_POINT;
        if (penalty.points(nowMillis) < BAN_POINTS || penalty.bannedUntilMillis > nowMillis) {
            return Optional.empty();
        }
        penalty.cleanAtMillis = nowMillis;
        penalty.offences++;
        penalty.reason = reason;
        penalty.bannedUntilMillis = nowMillis + banMillis(penalty.offences);
        return Optional.of(entry(subject, penalty));
    }

    private long banMillis(int offences) {
        long length = firstBanMillis;
        for (int i = 1; i < offences && length < LONGEST_BAN_MILLIS; i++) {
            length *= 2;
        }
        return offences == 1 ? length : Math.min(length, Math.max(firstBanMillis, LONGEST_BAN_MILLIS));
    }

    private void makeRoom(long nowMillis) {
        if (penalties.size() < maxSubjects) {
            return;
        }
        penalties.values().removeIf(penalty -> penalty.lapsesAtMillis() <= nowMillis);
        if (penalties.size() >= maxSubjects) {
            K first = penalties.entrySet().stream()
                    .min(Comparator.comparingLong(e -> e.getValue().lapsesAtMillis()))
                    .orElseThrow()
                    .getKey();
            penalties.remove(first);
        }
    }

    /** The points that have not decayed yet. */
    public int points(K subject, long nowMillis) {
        Penalty penalty = penalties.get(subject);
        return penalty == null ? 0 : (int) Math.min(Integer.MAX_VALUE, penalty.points(nowMillis));
    }

    /** The ban in force, if there is one. */
    public Optional<Entry<K>> ban(K subject, long nowMillis) {
        Penalty penalty = penalties.get(subject);
        return penalty == null || penalty.bannedUntilMillis <= nowMillis
                ? Optional.empty()
                : Optional.of(entry(subject, penalty));
    }

    /** All bans in force, in the order of their subjects. */
    public List<Entry<K>> bans(long nowMillis) {
        return remembered().stream().filter(e -> e.untilMillis > nowMillis).toList();
    }

    /** All bans that still count towards the length of the next, for keeping them over a restart. */
    public List<Entry<K>> remembered() {
        List<Entry<K>> entries = new ArrayList<>();
        penalties.forEach((subject, penalty) -> {
            if (penalty.offences > 0) {
                entries.add(entry(subject, penalty));
            }
        });
        return entries;
    }

    /** Takes in a ban from an earlier run. */
    public void restore(Entry<K> ban, long nowMillis) {
        makeRoom(nowMillis);
        Penalty penalty = new Penalty();
        penalty.offences = Math.clamp(ban.offences, 1, 64);
        penalty.bannedUntilMillis = Math.min(ban.untilMillis, nowMillis + Math.max(firstBanMillis, LONGEST_BAN_MILLIS));
        penalty.reason = ban.reason;
        penalties.put(ban.subject, penalty);
    }

    /**
     * Forgets points and bans of one subject.
     *
     * @return whether it was banned
     */
    public boolean pardon(K subject, long nowMillis) {
        boolean banned = ban(subject, nowMillis).isPresent();
        penalties.remove(subject);
        return banned;
    }

    private static <K> Entry<K> entry(K subject, Penalty penalty) {
        return new Entry<>(subject, penalty.bannedUntilMillis, penalty.offences, penalty.reason);
    }
}
