package synod.sim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import synod.chain.RejectedException;
import synod.chain.Verified;
import synod.node.replica.Input;
import synod.node.wire.MessageKind;
import synod.node.wire.WireCodec;
import synod.node.wire.WireMessage;
import synod.p2p.NodeId;

/**
 * Connections between simulated nodes: ordered and reliable like TCP while they last, with a random delay; cut by
 * partitions and crashes, and made again afterwards. Every message passes its real encoding.
 */
final class SimNetwork {
    private static final long MIN_DELAY_MILLIS = 1;
    private static final long RECONNECT_MILLIS = 200;

    private final Agenda agenda;
    private final RandomGenerator random;
    private final WireCodec codec;
    private final long meanDelayMillis;
    private final Map<NodeId, SimNode> nodes = new TreeMap<>();
    private final Map<Link, Connection> connections = new TreeMap<>();
    private final Set<Link> cut = new HashSet<>();

    /** Two nodes, the lower id first. */
    private record Link(NodeId low, NodeId high) implements Comparable<Link> {
        static Link of(NodeId a, NodeId b) {
            return a.compareTo(b) < 0 ? new Link(a, b) : new Link(b, a);
        }

        @Override
        public int compareTo(Link other) {
            int byLow = low.compareTo(other.low);
            return byLow != 0 ? byLow : high.compareTo(other.high);
        }
    }

    /** One connection's life: what was sent on an earlier one never arrives on a later one. */
    private static final class Connection {
        boolean open = true;
        long lastArrivalMillis;
    }

    SimNetwork(Agenda agenda, RandomGenerator random, WireCodec codec, long meanDelayMillis) {
        this.agenda = agenda;
        this.random = random;
        this.codec = codec;
        this.meanDelayMillis = meanDelayMillis;
    }

    /** A node that is up from now on connects to all others that it can reach. */
    void up(SimNode node) {
        nodes.put(node.id(), node);
        for (SimNode other : List.copyOf(nodes.values())) {
            connect(node, other);
        }
    }

    /** A node that is down from now on loses its connections. */
    void down(SimNode node) {
        nodes.remove(node.id());
        for (Link link : List.copyOf(connections.keySet())) {
            if (link.low().equals(node.id()) || link.high().equals(node.id())) {
                disconnect(link);
            }
        }
    }

    /** Cuts every connection between the two sides. */
    void partition(List<NodeId> one, List<NodeId> other) {
        for (NodeId a : one) {
            for (NodeId b : other) {
                cut.add(Link.of(a, b));
                disconnect(Link.of(a, b));
            }
        }
    }

    /** Lets all nodes reach each other again. */
    void heal() {
        cut.clear();
        List<SimNode> all = new ArrayList<>(nodes.values());
        for (SimNode node : all) {
            all.forEach(other -> connect(node, other));
        }
    }

    /** Sends a message on the connection between two nodes, if there is one. */
    void send(NodeId from, NodeId to, WireMessage message) {
        Connection connection = connections.get(Link.of(from, to));
        if (connection == null) {
            return;
        }
        byte[] payload = WireCodec.encode(message);
        int kind = MessageKind.of(message).number();
        long arrival = Math.max(connection.lastArrivalMillis, agenda.nowMillis() + delayMillis());
        connection.lastArrivalMillis = arrival;
        agenda.in(arrival - agenda.nowMillis(), () -> {
            SimNode receiver = nodes.get(to);
            if (connection.open && receiver != null) {
                receiver.feed(new Input.Received(from, new Verified<>(decode(kind, payload))));
            }
        });
    }

    private WireMessage decode(int kind, byte[] payload) {
        try {
            return codec.decode(kind, payload).orElseThrow();
        } catch (RejectedException e) {
            throw new IllegalStateException("a node sent what no node would accept: " + e.rejection(), e);
        }
    }

    private void connect(SimNode a, SimNode b) {
        Link link = Link.of(a.id(), b.id());
        if (a.id().equals(b.id()) || cut.contains(link) || connections.containsKey(link)) {
            return;
        }
        connections.put(link, new Connection());
        agenda.in(RECONNECT_MILLIS, () -> {
            if (connections.containsKey(link) && nodes.get(a.id()) == a && nodes.get(b.id()) == b) {
                a.feed(new Input.PeerConnected(b.id()));
                b.feed(new Input.PeerConnected(a.id()));
            }
        });
    }

    private void disconnect(Link link) {
        Connection connection = connections.remove(link);
        if (connection == null) {
            return;
        }
        connection.open = false;
        for (NodeId end : List.of(link.low(), link.high())) {
            SimNode node = nodes.get(end);
            if (node != null) {
                node.feed(new Input.PeerDisconnected(end.equals(link.low()) ? link.high() : link.low()));
            }
        }
    }

    private long delayMillis() {
        return MIN_DELAY_MILLIS + (long) (-Math.log(1 - random.nextDouble()) * meanDelayMillis);
    }
}
