package synod.consensus.pbft;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import synod.crypto.PublicKey;

/** The view changes of one height: of each member the one for the highest view. */
final class ViewChangeTally {
    private final OpenHeight open;
    private final TreeMap<PublicKey, ViewChange> latest = new TreeMap<>();

    ViewChangeTally(OpenHeight open) {
        this.open = open;
    }

    /** Takes a valid view change. */
    void add(ViewChange change) {
        latest.merge(change.sender(), change, (old, next) -> next.newView() > old.newView() ? next : old);
    }

    /** Those for exactly this view, in the order of their senders' keys. */
    List<ViewChange> of(long view) {
        return latest.values().stream()
                .filter(change -> change.newView() == view)
                .toList();
    }

    boolean isQuorum(long view) {
        return of(view).size() >= open.quorum().size();
    }

    /** Whether a quorum wants this view or has gone on to want a later one. */
    boolean isLeftByQuorum(long view) {
        return latest.values().stream()
                        .filter(change -> change.newView() >= view)
                        .count()
                >= open.quorum().size();
    }

    /**
     * The view to join: if f + 1 members want views above this one, a correct member among them does, and the smallest
     * of these views is the next (OSDI §4.5.2).
     */
    Optional<Long> toJoin(long view) {
        List<Long> higher = latest.values().stream()
                .map(ViewChange::newView)
                .filter(wanted -> wanted > view)
                .sorted()
                .toList();
        return higher.size() >= open.quorum().weakSize() ? Optional.of(higher.getFirst()) : Optional.empty();
    }
}
