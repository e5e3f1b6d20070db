package synod.p2p;

import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.crypto.Hash;
import synod.p2p.policy.AddressGroup;

/**
 * A node's connections to its peers: listens, dials, finds more peers, and keeps those out that misbehave. All methods
 * may be called from any thread and none blocks, {@link #start} and {@link #close} excepted.
 */
public final class PeerNetwork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeerNetwork.class);
    private static final long CLOSE_MILLIS = 2_000;

    private final PeerNetworkConfig config;
    private final SecureRandom random = new SecureRandom();
    private final Discipline discipline;
    private final Discovery discovery;
    private final PeerSwitch peerSwitch;
    private final Transport transport;
    private final Object fileLock = new Object();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Channel server;
    private long nextQuestionMillis;
    private long nextSaveMillis;

    private PeerNetwork(PeerNetworkConfig config, PeerListener listener) throws IOException {
        long now = System.currentTimeMillis();
        this.config = config;
        this.discipline = new Discipline(config.timeouts().firstBanMillis());
        this.discovery = new Discovery(config, loadTable(now), random, now);
        this.nextSaveMillis = now + config.timeouts().saveMillis();
        this.peerSwitch = new PeerSwitch(config, listener, discipline, discovery);
        this.transport = new Transport(config, peerSwitch);
        try {
            this.server = transport.listen();
        } catch (IOException e) {
            transport.close();
            throw e;
        }
        Hello hello = config.hello();
        peerSwitch.open(hello.listenPort() == 0 ? hello.withListenPort(port()) : hello);
    }

    /**
     * Listens and begins to dial.
     *
     * @throws IOException if the address to listen on cannot be had; the message is a sentence
     */
    public static PeerNetwork start(PeerNetworkConfig config, PeerListener listener) throws IOException {
        PeerNetwork network = new PeerNetwork(config, listener);
        network.server.config().setAutoRead(true);
        network.transport.every(config.timeouts().maintainMillis(), network::maintain);
        LOG.info("node {} listens for peers on {}", network.self(), network.server.localAddress());
        return network;
    }

    private PeerTable loadTable(long nowMillis) throws IOException {
        byte[] secret = new byte[Hash.LENGTH];
        random.nextBytes(secret);
        if (config.peerFile().isPresent()) {
            Path file = config.peerFile().get();
            try {
                Optional<PeerFile> kept = PeerFile.load(file);
                if (kept.isPresent()) {
                    PeerTable table = new PeerTable(kept.get().secret());
                    kept.get().entries().forEach(table::restore);
                    discipline.restore(kept.get(), nowMillis);
                    return table;
                }
            } catch (IOException e) {
                // Peers can be found anew, so a damaged file is set aside and does not keep the node down.
                Path aside = file.resolveSibling(file.getFileName() + ".damaged");
                Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
                LOG.warn("{}; it is kept as {} and the peer table begins empty", e.getMessage(), aside);
            }
        }
        return new PeerTable(Hash.of(secret));
    }

    /** The port that is listened on. */
    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** This node's id. */
    public NodeId self() {
        return peerSwitch.self();
    }

    /**
     * Queues a frame of the node's kinds. Never blocks; the payload belongs to the network from now on.
     *
     * @return false if there is no such peer, or it is too slow to take more: it is then disconnected
     * @throws IllegalArgumentException if the frame's kind belongs to this module, or its payload is above its limit
     */
    public boolean send(NodeId to, Frame frame) {
        if (frame.kind() < Frame.FIRST_NODE_KIND
                || frame.payload().length > config.limits().maxBytes(frame.kind())) {
            throw new IllegalArgumentException("peers would refuse " + frame);
        }
        return peerSwitch.connection(to).filter(peer -> peer.send(frame)).isPresent();
    }

    /** Bytes that were accepted by {@link #send} and wait to go out to this peer; −1 if there is no such peer. */
    public long queuedBytes(NodeId peer) {
        return peerSwitch.connection(peer).map(PeerConnection::waitingBytes).orElse(-1L);
    }

    /** The connected peers, in the order of their ids. */
    public List<PeerInfo> peers() {
        return peerSwitch.ready().stream().map(peerSwitch::info).toList();
    }

    /** Dials an address soon and, like a static peer, again whenever the connection is lost. */
    public void connect(PeerAddress address) {
        discovery.keep(address);
    }

    /** Says goodbye to a peer. One that is always dialled will be dialled again. */
    public void disconnect(NodeId peer, String reason) {
        peerSwitch.connection(peer).ifPresent(c -> c.close(new Goodbye(Goodbye.Code.LEAVING, reason)));
    }

    /** Charges a peer for something that only the node can judge; at 100 points it is banned and disconnected. */
    public void punish(NodeId peer, int points, String reason) {
        peerSwitch
                .charge(peer, points, reason)
                .flatMap(ban -> peerSwitch.connection(peer))
                .ifPresent(c -> c.close(new Goodbye(Goodbye.Code.BANNED, "banned for " + reason)));
    }

    /** The bans in force. */
    public List<Ban> bans() {
        return discipline.bans(System.currentTimeMillis());
    }

    /**
     * Lifts a ban.
     *
     * @param subject as in {@link Ban#subject}
     * @return whether there was one
     */
    public boolean unban(String subject) {
        return discipline.pardon(subject, System.currentTimeMillis());
    }

    private void maintain() {
        try {
            long now = System.currentTimeMillis();
            Discovery.View view = view();
            if (closed.get()) {
                return;
            }
            discovery.due(view, now).forEach(this::dial);
            if (now >= nextQuestionMillis) {
                nextQuestionMillis = now + config.timeouts().discoveryMillis();
                if (view.outbound() < config.targetOutbound()) {
                    askSomebody();
                }
            }
            if (now >= nextSaveMillis) {
                nextSaveMillis = now + config.timeouts().saveMillis();
                Thread.ofVirtual().name("p2p-save").start(this::save);
            }
        } catch (RuntimeException e) {
            LOG.error("a defect ends the search for peers; connections stay as they are", e);
            throw e;
        }
    }

    private Discovery.View view() {
        Set<NodeId> connected = new HashSet<>();
        Set<PeerAddress> endpoints = new HashSet<>();
        Set<AddressGroup> groups = new HashSet<>();
        int outbound = 0;
        for (PeerInfo peer : peers()) {
            connected.add(peer.id());
            endpoints.add(peer.address());
            if (peer.outbound()) {
                outbound++;
                peer.address().literal().map(AddressGroup::wide).ifPresent(groups::add);
            }
        }
        return new Discovery.View(connected, endpoints, groups, outbound);
    }

    private void dial(Dial dial) {
        LOG.debug("dials {} ({})", dial.address(), dial.purpose());
        transport.dial(dial, reason -> {
            LOG.debug("cannot reach {}: {}", dial.address(), reason);
            discovery.failed(dial, false, System.currentTimeMillis());
        });
    }

    private void askSomebody() {
        List<PeerConnection> dialled =
                peerSwitch.ready().stream().filter(PeerConnection::isOutbound).toList();
        if (!dialled.isEmpty()) {
            dialled.get(random.nextInt(dialled.size())).askForPeers();
        }
    }

    private void save() {
        if (config.peerFile().isEmpty()) {
            return;
        }
        try {
            synchronized (fileLock) {
                discovery.snapshot(discipline).save(config.peerFile().get());
            }
        } catch (IOException e) {
            LOG.warn(
                    "the peer table cannot be kept in {}: {}", config.peerFile().get(), e.toString());
        }
    }

    /**
     * Says goodbye to all, closes all sockets, waits up to two seconds for the listener's calls to end and interrupts
     * those that have not, and keeps the peer table.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        server.close().awaitUninterruptibly(CLOSE_MILLIS);
        peerSwitch.closeConnections(CLOSE_MILLIS);
        transport.close();
        try {
            peerSwitch.closeDeliveries(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        save();
    }
}
