package synod.sim.world;

import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import synod.chain.RejectedException;
import synod.node.replica.Input;
import synod.node.wire.WireMessage;
import synod.p2p.NodeId;
import synod.sim.fault.Dice;
import synod.sim.fault.FaultClass;

/**
 * Connections between nodes: ordered and reliable like TCP while they last and nothing strikes; cut by partitions and
 * crashes, and made again afterwards. Every message passes its real encoding.
 *
 * <p>Two nodes may have one id (twins); each other node is connected to one of them at most.
 */
public final class SimNetwork {
    private static final long RECONNECT_MILLIS = 200;
    private static final long BAN_MILLIS = 3_000;
    private static final int BAN_POINTS = 100;
    private static final int TAIL_FACTOR = 100;
    private static final int REMEMBERED = 64;

    private final World world;
    private final Edge edge;
    private final Random random;
    private final double meanDelayMillis;
    private final @Nullable Connection[][] connections;
    private final boolean[][] cut;
    private final Sent[] remembered = new Sent[REMEMBERED];
    private int rememberedCount;
    private @Nullable WireMessage lastMessage;
    private @Nullable Frame lastFrame;

    private record Sent(int from, Frame frame) {}

    SimNetwork(World world, Edge edge, int nodes, double meanDelayMillis) {
        this.world = world;
        this.edge = edge;
        this.random = world.streams().of("network");
        this.meanDelayMillis = meanDelayMillis;
        this.connections = new Connection[nodes][nodes];
        this.cut = new boolean[nodes][nodes];
    }

    /** A node that is up from now on seeks connections to all others. */
    void up(SimNode node) {
        dial(node);
    }

    /** A node that is down from now on loses its connections. */
    void down(SimNode node) {
        world.nodes().forEach(other -> disconnect(node, other));
    }

    /** Lets no frames through from one side to the other, until healed. */
    public void cut(Predicate<SimNode> from, Predicate<SimNode> to, boolean noticed) {
        for (SimNode a : world.nodes()) {
            for (SimNode b : world.nodes()) {
                if (a != b && from.test(a) && to.test(b)) {
                    cut[a.number()][b.number()] = true;
                    if (noticed) {
                        disconnect(a, b);
                    }
                }
            }
        }
    }

    /** Lets all nodes reach each other again. Connections on which frames were lost break, as TCP's would have. */
    public void heal() {
        for (SimNode a : world.nodes()) {
            for (SimNode b : world.nodes()) {
                if (cut[a.number()][b.number()]) {
                    cut[a.number()][b.number()] = false;
                    disconnect(a, b);
                }
            }
        }
        world.nodes().forEach(this::dial);
    }

    /** Holds back everything between two nodes for a while. */
    public void clog(SimNode a, SimNode b, long millis) {
        Connection connection = connections[a.number()][b.number()];
        if (connection != null) {
            connection.clogUntil(world.nowMillis() + millis);
        }
    }

    /** Whether the two are connected. */
    public boolean isConnected(SimNode a, SimNode b) {
        return connections[a.number()][b.number()] != null;
    }

    /** Sends a message on the connection between two nodes, if there is one. */
    void send(SimNode from, NodeId to, WireMessage message) {
        for (SimNode receiver : world.nodes()) {
            if (receiver.id().equals(to) && isConnected(from, receiver)) {
                Frame frame = frame(message);
                transmit(from, receiver, frame);
                if (world.dice().isOn(FaultClass.REPLAY)) {
                    remember(from, frame);
                    replay(receiver);
                }
                return;
            }
        }
    }

    /** A message to all is encoded once. */
    private Frame frame(WireMessage message) {
        Frame frame = lastFrame;
        if (frame == null || !isSame(lastMessage, message)) {
            frame = Frame.of(message);
            lastMessage = message;
            lastFrame = frame;
        }
        return frame;
    }

    private static boolean isSame(@Nullable WireMessage last, WireMessage message) {
        return last instanceof WireMessage.EngineMessage(var before)
                        && message instanceof WireMessage.EngineMessage(var now)
                        && before == now
                || last == message;
    }

    private void transmit(SimNode from, SimNode to, Frame frame) {
        Dice dice = world.dice();
        if (cut[from.number()][to.number()] || dice.strikes(FaultClass.DROP)) {
            return;
        }
        Frame arriving = dice.strikes(FaultClass.TRUNCATE) && frame.size() > 0
                ? frame.truncated(dice.of(FaultClass.TRUNCATE).nextInt(frame.size()))
                : frame;
        deliverLater(from, to, arriving, arriving != frame);
        if (dice.strikes(FaultClass.DUPLICATE)) {
            deliverLater(from, to, frame, false);
        }
    }

    private void deliverLater(SimNode from, SimNode to, Frame frame, boolean damaged) {
        Connection connection = connections[from.number()][to.number()];
        if (connection == null) {
            return;
        }
        long delay = 1 + Dice.exponential(random, meanDelayMillis);
        if (world.dice().strikes(FaultClass.SLOW_TAIL)) {
            delay *= 1 + world.dice().of(FaultClass.SLOW_TAIL).nextInt(TAIL_FACTOR);
        }
        boolean overtakes = world.dice().strikes(FaultClass.REORDER);
        long arrival = connection.arrival(from.number() < to.number(), world.nowMillis() + delay, overtakes);
        world.agenda().at(arrival, () -> {
            if (connection.isOpen()) {
                deliver(from, to, frame, damaged);
            }
        });
    }

    private void deliver(SimNode from, SimNode to, Frame frame, boolean damaged) {
        WireMessage message;
        try {
            message = frame.open(edge);
        } catch (RejectedException e) {
            if (!damaged && from.isCorrect()) {
                throw new Violation("HonestFramesPass", from + " sent what no node would accept: " + e.rejection());
            }
            world.tell(to, () -> "refuses a frame of " + from + ": " + e.rejection());
            ban(from, to);
            return;
        }
        to.receive(from, frame, message);
    }

    private void remember(SimNode from, Frame frame) {
        remembered[random.nextInt(REMEMBERED)] = new Sent(from.number(), frame);
        rememberedCount++;
    }

    private void replay(SimNode to) {
        if (rememberedCount > REMEMBERED && world.dice().strikes(FaultClass.REPLAY)) {
            Sent old = remembered[world.dice().of(FaultClass.REPLAY).nextInt(REMEMBERED)];
            if (old != null && old.from() != to.number()) {
                deliverLater(world.nodes().get(old.from()), to, old.frame(), true);
            }
        }
    }

    /** A node charges a peer for a fault. */
    void punish(SimNode node, NodeId peer, int points) {
        for (SimNode other : world.nodes()) {
            Connection connection = connections[node.number()][other.number()];
            if (connection != null && other.id().equals(peer) && connection.charge(points) >= BAN_POINTS) {
                ban(node, other);
            }
        }
    }

    private void ban(SimNode a, SimNode b) {
        disconnect(a, b);
        world.agenda().in(BAN_MILLIS, () -> dial(a));
    }

    private void dial(SimNode node) {
        for (SimNode other : world.nodes()) {
            if (other != node) {
                world.agenda()
                        .in(RECONNECT_MILLIS + random.nextInt((int) RECONNECT_MILLIS), () -> connect(node, other));
            }
        }
    }

    private void connect(SimNode a, SimNode b) {
        if (!a.isUp()
                || !b.isUp()
                || cut[a.number()][b.number()]
                || cut[b.number()][a.number()]
                || a.id().equals(b.id())
                || knows(a, b.id())
                || knows(b, a.id())) {
            return;
        }
        Connection connection = new Connection();
        connections[a.number()][b.number()] = connection;
        connections[b.number()][a.number()] = connection;
        a.feed(new Input.PeerConnected(b.id()));
        b.feed(new Input.PeerConnected(a.id()));
    }

    private boolean knows(SimNode node, NodeId id) {
        List<SimNode> nodes = world.nodes();
        return nodes.stream().anyMatch(other -> other.id().equals(id) && isConnected(node, other));
    }

    private void disconnect(SimNode a, SimNode b) {
        Connection connection = connections[a.number()][b.number()];
        if (connection == null) {
            return;
        }
        connection.close();
        connections[a.number()][b.number()] = null;
        connections[b.number()][a.number()] = null;
        a.feed(new Input.PeerDisconnected(b.id()));
        b.feed(new Input.PeerDisconnected(a.id()));
        dial(a);
    }
}
