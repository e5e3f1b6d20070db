package synod.p2p;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import synod.p2p.policy.AddressGroup;
import synod.p2p.policy.PenaltyBook;

/**
 * Who misbehaved: nodes by their id, and strangers by their address group. Nobody is punished for the loopback group,
 * which all processes of a machine share. Safe for use by several threads.
 */
final class Discipline {
    private static final int MAX_SUBJECTS = 4096;

    private final PenaltyBook<NodeId> nodes;
    private final PenaltyBook<AddressGroup> groups;

    Discipline(long firstBanMillis) {
        nodes = new PenaltyBook<>(firstBanMillis, MAX_SUBJECTS);
        groups = new PenaltyBook<>(firstBanMillis, MAX_SUBJECTS);
    }

    /** Charges a node. Returns the ban that begins with it, if one does. */
    synchronized Optional<Ban> charge(NodeId peer, int points, String reason, long nowMillis) {
        return nodes.charge(peer, points, reason, nowMillis).map(Discipline::toBan);
    }

    /** Charges the group of an address that never said who it is. */
    synchronized Optional<Ban> charge(AddressGroup group, int points, String reason, long nowMillis) {
        if (group.equals(AddressGroup.LOOPBACK)) {
            return Optional.empty();
        }
        return groups.charge(group, points, reason, nowMillis).map(Discipline::toBan);
    }

    synchronized int score(NodeId peer, long nowMillis) {
        return nodes.points(peer, nowMillis);
    }

    synchronized Optional<Ban> ban(NodeId peer, long nowMillis) {
        return nodes.ban(peer, nowMillis).map(Discipline::toBan);
    }

    synchronized Optional<Ban> ban(AddressGroup group, long nowMillis) {
        return groups.ban(group, nowMillis).map(Discipline::toBan);
    }

    /** All bans in force: nodes first, each in the order of their subjects. */
    synchronized List<Ban> bans(long nowMillis) {
        List<Ban> bans = new ArrayList<>();
        nodes.bans(nowMillis).forEach(entry -> bans.add(toBan(entry)));
        groups.bans(nowMillis).forEach(entry -> bans.add(toBan(entry)));
        return List.copyOf(bans);
    }

    /** Lifts the ban of a node id or address group given as in {@link Ban#subject}. Returns whether there was one. */
    synchronized boolean pardon(String subject, long nowMillis) {
        boolean group = groups.pardon(new AddressGroup(subject), nowMillis);
        return group || (isNodeId(subject) && nodes.pardon(NodeId.parse(subject), nowMillis));
    }

    private static boolean isNodeId(String subject) {
        return subject.matches("[0-9a-fA-F]{64}");
    }

    synchronized List<PenaltyBook.Entry<NodeId>> rememberedNodes() {
        return nodes.remembered();
    }

    synchronized List<PenaltyBook.Entry<AddressGroup>> rememberedGroups() {
        return groups.remembered();
    }

    /** Takes in the bans of an earlier run. */
    synchronized void restore(PeerFile file, long nowMillis) {
        file.nodeBans().forEach(ban -> nodes.restore(ban, nowMillis));
        file.groupBans().forEach(ban -> groups.restore(ban, nowMillis));
    }

    private static Ban toBan(PenaltyBook.Entry<?> entry) {
        return new Ban(entry.subject().toString(), entry.untilMillis(), entry.offences(), entry.reason());
    }
}
