package synod.p2p.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Room for connections that others open to us: so many in all, so many that have not said who they are, so many from
 * one address group.
 *
 * <p>When too many are unidentified the oldest of them is dropped, not the newcomer refused: otherwise a handful of
 * silent connections would lock everybody out for a whole handshake deadline.
 *
 * @param <C> a connection, compared by identity or its own equality
 */
public final class InboundSlots<C> {
    private final int maxIdentified;
    private final int maxUnidentified;
    private final int maxPerGroup;
    private final Map<C, AddressGroup> unidentified = new LinkedHashMap<>();
    private final Map<C, AddressGroup> identified = new LinkedHashMap<>();
    private final TreeMap<AddressGroup, Integer> perGroup = new TreeMap<>();

    /** What became of a newcomer. */
    public sealed interface Admission<C> {
        /** It may stay; another unidentified connection may have to go for it. */
        record Admitted<C>(Optional<C> toDrop) implements Admission<C> {}

        /** It must go. */
        record Refused<C>(String reason) implements Admission<C> {}
    }

    /** Empty slots; {@link AddressGroup#LOOPBACK} is exempt from the limit per group. */
    public InboundSlots(int maxIdentified, int maxUnidentified, int maxPerGroup) {
        this.maxIdentified = maxIdentified;
        this.maxUnidentified = maxUnidentified;
        this.maxPerGroup = maxPerGroup;
    }

    /** A connection was opened from this group. */
    public Admission<C> admit(C connection, AddressGroup group) {
        if (!group.equals(AddressGroup.LOOPBACK) && perGroup.getOrDefault(group, 0) >= maxPerGroup) {
            return new Admission.Refused<>("already " + maxPerGroup + " connections from " + group);
        }
        Optional<C> toDrop = unidentified.size() < maxUnidentified
                ? Optional.empty()
                : Optional.of(unidentified.keySet().iterator().next());
        toDrop.ifPresent(this::release);
        unidentified.put(connection, group);
        perGroup.merge(group, 1, Integer::sum);
        return new Admission.Admitted<>(toDrop);
    }

    /**
     * The connection said who it is and wants to stay.
     *
     * @param reserved whether it is one that room is kept for, beyond the limit
     * @return false if there is no room for it
     */
    public boolean identify(C connection, boolean reserved) {
        AddressGroup group = unidentified.get(connection);
        if (group == null || (!reserved && identified.size() >= maxIdentified)) {
            return false;
        }
        unidentified.remove(connection);
        identified.put(connection, group);
        return true;
    }

    /** The connection is gone. Does nothing for one that was never admitted or is already released. */
    public void release(C connection) {
        AddressGroup group = unidentified.remove(connection);
        if (group == null) {
            group = identified.remove(connection);
        }
        if (group != null) {
            perGroup.computeIfPresent(group, (g, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Connections that are counted now, identified or not. */
    public int size() {
        return unidentified.size() + identified.size();
    }
}
