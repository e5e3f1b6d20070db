package synod.p2p;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One connection per peer, decided the same way on both sides.
 *
 * <p>A dialler claims the peer before it says hello, and has one claim per peer; so a second hello from one peer means
 * that the peer gave its first connection up, and the newer one stays. The acceptor decides before it answers. When two
 * nodes dial each other at one moment, the connection dialled by the node with the lower id stays: the acceptor with
 * the lower id refuses while its own dial is under way, the one with the higher id accepts and gives its own dial up.
 *
 * <p>Pure but for its lock: the time is an argument.
 *
 * @param <C> a connection, compared by identity
 */
final class ConnectionRegistry<C> {
    private final NodeId self;
    private final long simultaneousMillis;
    private final Map<NodeId, Slot<C>> slots = new TreeMap<>();

    private static final class Slot<C> {
        private @Nullable C claimed;
        private @Nullable C established;
        private boolean establishedOutbound;
        private long establishedAtMillis;
        private long instanceNonce;
    }

    /** What an acceptor does with a hello. */
    sealed interface Decision<C> {
        /** It stays, and these go. */
        record Accepted<C>(List<C> superseded) implements Decision<C> {}

        /** It goes. */
        record Refused<C>() implements Decision<C> {}
    }

    /**
     * An empty registry.
     *
     * @param simultaneousMillis for how long after a dial was answered the other side's dial can still be on its way
     */
    ConnectionRegistry(NodeId self, long simultaneousMillis) {
        this.self = self;
        this.simultaneousMillis = simultaneousMillis;
    }

    /** A dialler found this peer. Returns false if there is a connection or a claim already. */
    synchronized boolean claim(NodeId peer, C connection) {
        Slot<C> slot = slots.computeIfAbsent(peer, id -> new Slot<>());
        if (slot.claimed != null || slot.established != null) {
            return false;
        }
        slot.claimed = connection;
        return true;
    }

    /** The dialled peer answered with its hello. Returns false if the claim was given up in between. */
    synchronized boolean establish(NodeId peer, C connection, long instanceNonce, long nowMillis) {
        Slot<C> slot = slots.get(peer);
        if (slot == null || slot.claimed != connection) {
            return false;
        }
        slot.claimed = null;
        fill(slot, connection, true, instanceNonce, nowMillis);
        return true;
    }

    /** A peer that dialled us said hello. */
    synchronized Decision<C> accept(NodeId peer, C connection, long instanceNonce, long nowMillis) {
        Slot<C> slot = slots.computeIfAbsent(peer, id -> new Slot<>());
        boolean ourDialWins = self.compareTo(peer) < 0;
        if (slot.claimed != null && ourDialWins) {
            return new Decision.Refused<>();
        }
        boolean answeredJustNow = slot.established != null
                && slot.establishedOutbound
                && slot.instanceNonce == instanceNonce
                && nowMillis - slot.establishedAtMillis < simultaneousMillis;
        if (answeredJustNow && ourDialWins) {
            return new Decision.Refused<>();
        }
        List<C> superseded = new ArrayList<>();
        if (slot.claimed != null) {
            superseded.add(slot.claimed);
            slot.claimed = null;
        }
        if (slot.established != null) {
            superseded.add(slot.established);
        }
        fill(slot, connection, false, instanceNonce, nowMillis);
        return new Decision.Accepted<>(superseded);
    }

    private void fill(Slot<C> slot, C connection, boolean outbound, long instanceNonce, long nowMillis) {
        slot.established = connection;
        slot.establishedOutbound = outbound;
        slot.instanceNonce = instanceNonce;
        slot.establishedAtMillis = nowMillis;
    }

    /** The connection is closed. Does nothing if another one stands in its place. */
    synchronized void release(NodeId peer, C connection) {
        Slot<C> slot = slots.get(peer);
        if (slot == null) {
            return;
        }
        if (slot.claimed == connection) {
            slot.claimed = null;
        }
        if (slot.established == connection) {
            slot.established = null;
        }
        if (slot.claimed == null && slot.established == null) {
            slots.remove(peer);
        }
    }

    /** The connection to a peer. */
    synchronized Optional<C> established(NodeId peer) {
        Slot<C> slot = slots.get(peer);
        return slot == null ? Optional.empty() : Optional.ofNullable(slot.established);
    }

    /** All connections, in the order of the peers' ids. */
    synchronized List<C> established() {
        List<C> connections = new ArrayList<>();
        for (Slot<C> slot : slots.values()) {
            if (slot.established != null) {
                connections.add(slot.established);
            }
        }
        return connections;
    }
}
