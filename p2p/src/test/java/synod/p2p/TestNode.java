package synod.p2p;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.awaitility.core.ConditionFactory;
import synod.crypto.Hash;
import synod.crypto.Sha256;
import synod.crypto.SigningKey;

/** A node on loopback with short deadlines, and a listener that writes down what it is told. */
final class TestNode implements AutoCloseable {
    static final Hash CHAIN = Sha256.hash(new byte[] {1});
    static final int KIND = 16;
    static final int MAX_BYTES = 1 << 20;
    static final PeerNetworkConfig.Timeouts QUICK = timeouts(10_000, 10_000, 20_000);

    final List<PeerInfo> connected = new CopyOnWriteArrayList<>();
    final List<Frame> received = new CopyOnWriteArrayList<>();
    final List<NodeId> senders = new CopyOnWriteArrayList<>();
    final List<String> disconnected = new CopyOnWriteArrayList<>();
    final SigningKey key;
    final PeerNetwork network;

    TestNode(int number, UnaryOperator<PeerNetworkConfig.Builder> options) throws IOException {
        this(number, hello(CHAIN, number), options);
    }

    TestNode(int number, Hello hello, UnaryOperator<PeerNetworkConfig.Builder> options) throws IOException {
        this(number, hello, options, Listening.QUIETLY);
    }

    TestNode(int number, Hello hello, UnaryOperator<PeerNetworkConfig.Builder> options, Listening listening)
            throws IOException {
        key = key(number);
        PeerNetworkConfig.Builder builder = PeerNetworkConfig.builder(key, hello, kind -> kind == KIND ? MAX_BYTES : 0)
                .allowLocalAddresses(true)
                .timeouts(QUICK);
        network = PeerNetwork.start(options.apply(builder).build(), new PeerListener() {
            @Override
            public void connected(PeerInfo peer) {
                connected.add(peer);
            }

            @Override
            public void received(NodeId from, Frame frame) {
                senders.add(from);
                listening.received(from, frame);
                received.add(frame);
            }

            @Override
            public void disconnected(NodeId peer, String reason) {
                disconnected.add(reason);
            }
        });
    }

    /** What a listener does with a frame. */
    @FunctionalInterface
    interface Listening {
        Listening QUIETLY = (from, frame) -> {};

        void received(NodeId from, Frame frame);
    }

    /** Redials, pings and probes come quickly; these three deadlines are as given. */
    static PeerNetworkConfig.Timeouts timeouts(long handshakeMillis, long frameMillis, long idleMillis) {
        return new PeerNetworkConfig.Timeouts(
                handshakeMillis,
                frameMillis,
                1 << 20,
                100,
                idleMillis,
                20,
                500,
                1_000,
                20,
                1_000,
                150,
                60_000,
                30_000,
                600_000);
    }

    static SigningKey key(int number) {
        byte[] seed = new byte[SigningKey.LENGTH];
        seed[0] = (byte) number;
        return SigningKey.of(seed);
    }

    static NodeId id(int number) {
        return NodeId.of(key(number).publicKey());
    }

    static Hello hello(Hash chain, long nonce) {
        return new Hello(1, chain, chain, 0, 0, "test", nonce);
    }

    static Frame frame(int bytes) {
        return new Frame(KIND, new byte[bytes]);
    }

    static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(10));
    }

    PeerAddress address() {
        return PeerAddress.of("127.0.0.1", network.port());
    }

    /** Whether the two can send each other frames. */
    static boolean connected(TestNode one, TestNode other) {
        return one.sees(other) && other.sees(one);
    }

    boolean sees(TestNode other) {
        return network.peers().stream().anyMatch(p -> p.id().equals(other.network.self()));
    }

    @Override
    public void close() {
        network.close();
    }
}
