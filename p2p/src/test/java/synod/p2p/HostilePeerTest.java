package synod.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static synod.p2p.TestNode.frame;
import static synod.p2p.TestNode.soon;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HostilePeerTest {
    private static final int ATTACKER = 66;

    private TestNode node;
    /** The same with short deadlines. */
    private TestNode impatient;

    @BeforeEach
    void start() throws IOException {
        node = new TestNode(1, config -> config);
        impatient = new TestNode(2, config -> config.timeouts(TestNode.timeouts(5_000, 500, 20_000)));
    }

    @AfterEach
    void stop() {
        node.close();
        impatient.close();
    }

    private RawPeer attacker() throws Exception {
        return RawPeer.greeted(node.network.port(), TestNode.key(ATTACKER));
    }

    private int score() {
        return node.network.peers().stream()
                .filter(p -> p.id().equals(TestNode.id(ATTACKER)))
                .findFirst()
                .orElseThrow()
                .score();
    }

    private Optional<Ban> ban() {
        return node.network.bans().stream()
                .filter(b -> b.subject().equals(TestNode.id(ATTACKER).toString()))
                .findFirst();
    }

    @Test
    void aPlaintextClientIsClosed() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", node.network.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(readToEnd(socket)).isTrue();
        }
        assertThat(node.connected).isEmpty();
    }

    @Test
    void aSilentClientIsClosedAtTheDeadline() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", impatient.network.port())) {
            socket.setSoTimeout(10_000);
            assertThat(readToEnd(socket)).isTrue();
        }
    }

    @Test
    void aPeerThatNeverSaysHelloIsClosedAtTheDeadline() throws Exception {
        try (RawPeer peer = new RawPeer(impatient.network.port(), TestNode.key(ATTACKER), "TLSv1.3")) {
            assertThat(peer.readGoodbye().text()).contains("no hello within");
        }
    }

    @Test
    void refusesTls12() {
        assertThatThrownBy(() -> new RawPeer(node.network.port(), TestNode.key(ATTACKER), "TLSv1.2"))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("protocol_version");
    }

    @Test
    void servesAfterAThousandGarbageConnections() throws Exception {
        Random random = new Random(4);
        for (int i = 0; i < 1_000; i++) {
            Socket socket = new Socket("127.0.0.1", node.network.port());
            byte[] garbage = new byte[1 + random.nextInt(200)];
            random.nextBytes(garbage);
            if (i % 3 == 0) {
                garbage[0] = 22;
            }
            try {
                socket.getOutputStream().write(garbage);
            } catch (SocketException e) {
                // The node may have closed it already, which is what it should do.
            }
            if (i % 2 == 0) {
                socket.close();
            }
        }

        try (TestNode honest = new TestNode(3, config -> config.staticPeer(node.address()))) {
            soon().until(() -> TestNode.connected(node, honest));
            honest.network.send(TestNode.id(1), frame(10));
            soon().until(() -> node.received.size() == 1);
        }
        assertThat(node.network.bans()).isEmpty();
    }

    @Test
    void bansForAnOversizeFrameAtOnce() throws Exception {
        try (RawPeer peer = attacker()) {
            peer.header(TestNode.MAX_BYTES + 1, TestNode.KIND);
            peer.awaitEnd();
        }
        assertThat(ban()).hasValueSatisfying(b -> assertThat(b.reason()).contains("more than " + TestNode.MAX_BYTES));
        assertThatThrownBy(this::attacker).isInstanceOf(IOException.class);
    }

    @Test
    void bansForTwoFramesOfUnknownKind() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertThat(ban()).isEmpty();
            try (RawPeer peer = attacker()) {
                peer.header(0, 200);
                peer.awaitEnd();
            }
        }
        soon().until(() -> ban().isPresent());
        assertThat(ban().orElseThrow().reason()).contains("unknown kind 200");
    }

    @Test
    void closesOnAFrameThatIsNotFinishedInTime() throws Exception {
        try (RawPeer peer = RawPeer.greeted(impatient.network.port(), TestNode.key(ATTACKER))) {
            peer.header(100, TestNode.KIND);
            peer.out.write(1);
            peer.out.flush();
            assertThat(peer.readGoodbye())
                    .isEqualTo(new Goodbye(Goodbye.Code.MISBEHAVED, "a frame that was begun and not finished in time"));
        }
        assertThat(impatient.received).isEmpty();
    }

    @Test
    void aTrickleOfBytesDoesNotKeepAFrameAlive() throws Exception {
        try (RawPeer peer = RawPeer.greeted(impatient.network.port(), TestNode.key(ATTACKER))) {
            peer.header(500_000, TestNode.KIND);
            soon().until(() -> {
                try {
                    peer.out.write(1);
                    peer.out.flush();
                    return false;
                } catch (IOException e) {
                    return true;
                }
            });
        }
    }

    @Test
    void refusesOtherFramesInPlaceOfAHello() throws Exception {
        try (RawPeer peer = new RawPeer(node.network.port(), TestNode.key(ATTACKER), "TLSv1.3")) {
            peer.write(frame(3));
            assertThat(peer.readGoodbye().code()).isEqualTo(Goodbye.Code.MISBEHAVED);
        }
        assertThat(node.received).isEmpty();
    }

    @Test
    void refusesASecondHello() throws Exception {
        try (RawPeer peer = attacker()) {
            peer.write(
                    ControlKind.HELLO.frame(TestNode.hello(TestNode.CHAIN, 99).encode()));
            assertThat(peer.readGoodbye().text()).contains("second hello");
        }
    }

    @Test
    void namesTheVersionToAPeerWhoseHelloItCannotRead() throws Exception {
        try (RawPeer peer = new RawPeer(node.network.port(), TestNode.key(ATTACKER), "TLSv1.3")) {
            peer.write(ControlKind.HELLO.frame(new byte[] {0, 0, 0, 9, 1, 2, 3}));
            assertThat(peer.readGoodbye())
                    .isEqualTo(new Goodbye(
                            Goodbye.Code.MISMATCH, "protocol version differs: the dialler has 9, the listener 1"));
        }
    }

    @Test
    void chargesForPeersThatNobodyAskedFor() throws Exception {
        try (RawPeer peer = attacker()) {
            peer.write(new PeersMessage(java.util.List.of()).toFrame());
            soon().until(() -> score() == Penalty.UNSOLICITED);
        }
    }

    @Test
    void answersQuestionsForPeersAtALimitedRate() throws Exception {
        try (RawPeer peer = attacker()) {
            for (int i = 0; i < 30; i++) {
                peer.write(ControlKind.GET_PEERS.frame(new byte[0]));
            }
            soon().until(() -> score() >= 10 * Penalty.IMPATIENT);
            int answers = 0;
            peer.write(ControlKind.PING.frame(new byte[] {7}));
            for (Frame frame = peer.read(); !ControlKind.PONG.is(frame); frame = peer.read()) {
                answers += ControlKind.PEERS.is(frame) ? 1 : 0;
            }
            assertThat(answers).isBetween(16, 20);
        }
    }

    @Test
    void dropsAPeerThatSaysNothing() throws Exception {
        try (TestNode other = new TestNode(5, config -> config.timeouts(TestNode.timeouts(10_000, 10_000, 400)));
                RawPeer peer = RawPeer.greeted(other.network.port(), TestNode.key(ATTACKER))) {
            assertThat(peer.readGoodbye().code()).isEqualTo(Goodbye.Code.TIMEOUT);
        }
    }

    @Test
    void randomBytesInsideTlsNeverStopTheNode() throws Exception {
        Random random = new Random(6);
        for (int i = 0; i < 60; i++) {
            try (RawPeer peer = RawPeer.greeted(node.network.port(), TestNode.key(100 + i))) {
                byte[] bytes = new byte[random.nextInt(2_000)];
                random.nextBytes(bytes);
                if (i % 2 == 0 && bytes.length > 5) {
                    bytes[0] = 0;
                    bytes[1] = 0;
                    bytes[2] = 0;
                    bytes[3] = (byte) random.nextInt(9);
                    bytes[4] = (byte) random.nextInt(8);
                }
                peer.out.write(bytes);
                peer.out.flush();
            } catch (SocketException e) {
                // The node closed the connection while bytes were still written.
            }
        }
        try (RawPeer peer = attacker()) {
            peer.write(ControlKind.PING.frame(new byte[] {5}));
            Frame answer = peer.read();
            while (!ControlKind.PONG.is(answer)) {
                answer = peer.read();
            }
            assertThat(answer.payload()).containsExactly(5);
        }
    }

    private static boolean readToEnd(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        try {
            while (in.read() >= 0) {
                // An alert may come before the end.
            }
            return true;
        } catch (SocketException e) {
            return true;
        }
    }
}
