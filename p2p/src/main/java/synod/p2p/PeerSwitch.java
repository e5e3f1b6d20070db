package synod.p2p;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.p2p.policy.AddressGroup;
import synod.p2p.policy.InboundSlots;

/** Decides for each connection whether it stays, and hands its frames to the listener. */
final class PeerSwitch implements ConnectionOwner {
    private static final Logger LOG = LoggerFactory.getLogger(PeerSwitch.class);
    private static final int MAX_UNIDENTIFIED = 128;

    private final PeerNetworkConfig config;
    private final PeerListener listener;
    private final NodeId self;
    private final ConnectionRegistry<PeerConnection> registry;
    private final InboundSlots<PeerConnection> slots;
    private final Discipline discipline;
    private final Discovery discovery;
    private final Set<PeerConnection> connections = ConcurrentHashMap.newKeySet();
    private final Map<NodeId, Thread> deliveries = new ConcurrentHashMap<>();
    private volatile @Nullable Hello hello;
    private volatile boolean closing;

    PeerSwitch(PeerNetworkConfig config, PeerListener listener, Discipline discipline, Discovery discovery) {
        this.config = config;
        this.listener = listener;
        this.self = NodeId.of(config.key().publicKey());
        this.registry = new ConnectionRegistry<>(self, config.timeouts().handshakeMillis());
        this.slots = new InboundSlots<>(config.maxInbound(), MAX_UNIDENTIFIED, config.maxPerGroup());
        this.discipline = discipline;
        this.discovery = discovery;
    }

    /** Sets our hello, which names the port that was bound. Must come before the first connection. */
    void open(Hello ours) {
        hello = ours;
    }

    NodeId self() {
        return self;
    }

    /** The connection to a peer, if hellos were exchanged. */
    Optional<PeerConnection> connection(NodeId peer) {
        return registry.established(peer);
    }

    /** All connections on which frames can be sent, in the order of the peers' ids. */
    List<PeerConnection> ready() {
        return registry.established().stream().filter(PeerConnection::isReady).toList();
    }

    /** What is to be told of a connection that is ready. */
    PeerInfo info(PeerConnection connection) {
        NodeId id = connection.peer().orElseThrow();
        Hello theirs = connection.hello().orElseThrow();
        long now = System.currentTimeMillis();
        return new PeerInfo(
                id,
                listeningAt(connection, theirs),
                connection.isOutbound(),
                theirs,
                now - connection.readyMillis().orElse(0),
                connection.bytesIn(),
                connection.bytesOut(),
                discipline.score(id, now),
                connection.roundTripMicros());
    }

    private static PeerAddress listeningAt(PeerConnection connection, Hello theirs) {
        InetSocketAddress remote = connection.remote();
        boolean known = connection.isOutbound() || theirs.listenPort() == 0;
        return PeerAddress.of(remote.getAddress(), known ? remote.getPort() : theirs.listenPort());
    }

    /** Charges a node. Returns the ban that begins with it, if one does. */
    Optional<Ban> charge(NodeId peer, int points, String reason) {
        Optional<Ban> ban = discipline.charge(peer, points, reason, System.currentTimeMillis());
        LOG.info("peer {} earns {} points for {}", peer.shortText(), points, reason);
        ban.ifPresent(this::logBan);
        return ban;
    }

    private void logBan(Ban ban) {
        long seconds = (ban.untilMillis() - System.currentTimeMillis()) / 1_000;
        LOG.warn("{} is banned for {} s (ban {}) for {}", ban.subject(), seconds, ban.offences(), ban.reason());
    }

    @Override
    public Hello hello() {
        Hello known = hello;
        if (known == null) {
            throw new IllegalStateException("a connection before the network was open");
        }
        return known;
    }

    @Override
    public Optional<String> opened(PeerConnection connection) {
        AddressGroup group = AddressGroup.narrow(connection.remote().getAddress());
        Optional<Ban> ban = discipline.ban(group, System.currentTimeMillis());
        if (closing || ban.isPresent()) {
            return Optional.of(ban.map(b -> "banned: " + b.reason()).orElse("the node stops"));
        }
        InboundSlots.Admission<PeerConnection> admission;
        synchronized (slots) {
            admission = slots.admit(connection, group);
        }
        return switch (admission) {
            case InboundSlots.Admission.Refused<PeerConnection>(String reason) -> Optional.of(reason);
            case InboundSlots.Admission.Admitted<PeerConnection>(Optional<PeerConnection> toDrop) -> {
                toDrop.ifPresent(c -> c.close(new Goodbye(Goodbye.Code.FULL, "newer connections wait")));
                connections.add(connection);
                yield Optional.empty();
            }
        };
    }

    @Override
    public Optional<Goodbye> identified(PeerConnection connection, NodeId peer) {
        connections.add(connection);
        Optional<Ban> ban = discipline.ban(peer, System.currentTimeMillis());
        if (ban.isPresent()) {
            return Optional.of(
                    new Goodbye(Goodbye.Code.BANNED, "banned for " + ban.get().reason()));
        }
        boolean claims = connection.dial().filter(dial -> !dial.isProbe()).isPresent() && !peer.equals(self);
        return claims && !registry.claim(peer, connection)
                ? Optional.of(new Goodbye(Goodbye.Code.DUPLICATE, "already connected"))
                : Optional.empty();
    }

    @Override
    public Optional<Goodbye> greeted(PeerConnection connection, Hello theirs, boolean probe) {
        NodeId peer = connection.peer().orElseThrow();
        if (peer.equals(self)) {
            boolean same = theirs.instanceNonce() == hello().instanceNonce();
            if (!same) {
                LOG.warn("another process at {} runs with this node's key", connection.remote());
            }
            return Optional.of(
                    same
                            ? new Goodbye(Goodbye.Code.SELF, "a connection to oneself")
                            : new Goodbye(Goodbye.Code.MISMATCH, "two processes run with the node key of " + self));
        }
        long now = System.currentTimeMillis();
        if (connection.dial().isPresent()) {
            return greetedByDialled(connection, connection.dial().get(), theirs, now);
        }
        if (probe) {
            return Optional.empty();
        }
        boolean room;
        synchronized (slots) {
            room = slots.identify(connection, discovery.isKept(peer));
        }
        if (!room) {
            return Optional.of(new Goodbye(Goodbye.Code.FULL, config.maxInbound() + " peers are connected"));
        }
        return switch (registry.accept(peer, connection, theirs.instanceNonce(), now)) {
            case ConnectionRegistry.Decision.Refused<PeerConnection>() ->
                Optional.of(new Goodbye(Goodbye.Code.DUPLICATE, "both dialled, and the other connection stays"));
            case ConnectionRegistry.Decision.Accepted<PeerConnection>(List<PeerConnection> superseded) -> {
                superseded.forEach(PeerConnection::supersede);
                yield Optional.empty();
            }
        };
    }

    private Optional<Goodbye> greetedByDialled(PeerConnection connection, Dial dial, Hello theirs, long now) {
        NodeId peer = connection.peer().orElseThrow();
        discovery.met(dial, peer, connection.remote().getAddress(), now);
        boolean stays = dial.isProbe() || registry.establish(peer, connection, theirs.instanceNonce(), now);
        return stays
                ? Optional.empty()
                : Optional.of(new Goodbye(Goodbye.Code.DUPLICATE, "another connection to the same peer stays"));
    }

    @Override
    public PeerInbox ready(PeerConnection connection) {
        PeerInfo peer = info(connection);
        PeerInbox inbox = new PeerInbox(
                peer,
                listener,
                config.budgets().inboxFrames(),
                config.budgets().inboxBytes(),
                connection::roomAgain,
                () -> connection.close(new Goodbye(Goodbye.Code.LEAVING, "internal error")));
        deliveries.compute(
                peer.id(),
                (id, earlier) -> Thread.ofVirtual()
                        .name("peer-" + id.shortText())
                        .start(() -> deliver(inbox, id, Optional.ofNullable(earlier))));
        LOG.info(
                "peer {} connected {} {}", peer.id().shortText(), peer.outbound() ? "to" : "from", connection.remote());
        if (peer.outbound()) {
            connection.askForPeers();
        } else if (peer.hello().listenPort() > 0) {
            discovery.learn(List.of(peer.address()), connection.remote().getAddress(), System.currentTimeMillis());
        }
        return inbox;
    }

    private void deliver(PeerInbox inbox, NodeId peer, Optional<Thread> predecessor) {
        try {
            inbox.deliver(predecessor);
        } catch (InterruptedException e) {
            LOG.warn("the listener still worked for peer {} when the network closed", peer.shortText());
        } finally {
            deliveries.remove(peer, Thread.currentThread());
        }
    }

    @Override
    public void discovery(PeerConnection connection, Frame frame) throws MalformedFrameException {
        if (ControlKind.GET_PEERS.is(frame)) {
            if (connection.exchange().mayAnswer(System.nanoTime())) {
                connection.send(discovery
                        .tell(hello().listenPort(), System.currentTimeMillis())
                        .toFrame());
            } else {
                connection.offend(Penalty.IMPATIENT, "asking for peers too often", false);
            }
            return;
        }
        PeersMessage peers = PeersMessage.decode(frame.payload());
        if (connection.exchange().answered()) {
            discovery.learn(peers.addresses(), connection.remote().getAddress(), System.currentTimeMillis());
        } else {
            connection.offend(Penalty.UNSOLICITED, "peers that nobody asked for", false);
        }
    }

    @Override
    public Optional<Ban> offence(PeerConnection connection, int points, String reason) {
        Optional<NodeId> peer = connection.peer();
        if (peer.isPresent()) {
            return charge(peer.get(), points, reason);
        }
        if (connection.isOutbound()) {
            return Optional.empty();
        }
        AddressGroup group = AddressGroup.narrow(connection.remote().getAddress());
        LOG.debug("a stranger at {}: {}", connection.remote(), reason);
        Optional<Ban> ban = discipline.charge(group, points, reason, System.currentTimeMillis());
        ban.ifPresent(this::logBan);
        return ban;
    }

    @Override
    public void closed(PeerConnection connection, String reason) {
        synchronized (slots) {
            slots.release(connection);
        }
        connections.remove(connection);
        connection.peer().ifPresent(peer -> registry.release(peer, connection));
        connection.dial().ifPresent(dial -> settle(connection, dial, System.currentTimeMillis()));
        if (connection.readyMillis().isPresent()) {
            LOG.info("peer {} disconnected: {}", connection.peer().orElseThrow().shortText(), reason);
        } else {
            LOG.debug("a connection ended before its hellos: {}", reason);
        }
    }

    private void settle(PeerConnection connection, Dial dial, long now) {
        if (connection.readyMillis().isPresent()) {
            discovery.ended(dial, connection.readyMillis().getAsLong(), now);
            return;
        }
        switch (connection.outcome()) {
            case FAILED -> discovery.failed(dial, false, now);
            case FULL -> discovery.full(dial, now);
            case HOPELESS -> discovery.failed(dial, true, now);
            case SUPERFLUOUS, PROBED -> discovery.superfluous(dial, connection.peer(), now);
            case SELF -> {
                // Said by anybody else it would only be a way to be forgotten.
                if (connection.peer().filter(self::equals).isPresent()) {
                    discovery.metSelf(dial, now);
                } else {
                    discovery.failed(dial, true, now);
                }
            }
        }
    }

    /** Refuses what comes, says goodbye to all there is, and waits so long for the sockets to close. */
    void closeConnections(long millis) {
        closing = true;
        connections.forEach(c -> c.close(new Goodbye(Goodbye.Code.LEAVING, "the node stops")));
        connections.forEach(c -> c.awaitClosed(millis));
    }

    /** Waits so long for the listener's calls to end, then interrupts those that have not. */
    void closeDeliveries(long millis) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + millis * 1_000_000;
        for (Thread delivery : deliveries.values()) {
            Duration left = Duration.ofNanos(Math.max(1, deadlineNanos - System.nanoTime()));
            if (delivery != Thread.currentThread() && !delivery.join(left)) {
                delivery.interrupt();
            }
        }
    }
}
