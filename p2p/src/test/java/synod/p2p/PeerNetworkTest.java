package synod.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static synod.p2p.TestNode.connected;
import static synod.p2p.TestNode.frame;
import static synod.p2p.TestNode.soon;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import synod.crypto.Hash;
import synod.crypto.Sha256;

@Timeout(60)
class PeerNetworkTest {
    private static final Hash OTHER_CHAIN = Sha256.hash(new byte[] {2});

    private final List<TestNode> nodes = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void closeAll() {
        nodes.forEach(TestNode::close);
    }

    private TestNode node(TestNode node) {
        nodes.add(node);
        return node;
    }

    private TestNode node(int number) throws IOException {
        return node(new TestNode(number, config -> config));
    }

    private TestNode node(int number, PeerAddress peer) throws IOException {
        return node(new TestNode(number, config -> config.staticPeer(peer)));
    }

    @Test
    void connectsProvesIdentitiesAndCarriesFramesInOrder() throws Exception {
        TestNode a = node(1);
        TestNode b = node(2, new PeerAddress("127.0.0.1", a.network.port(), Optional.of(TestNode.id(1))));
        soon().until(() -> a.connected.size() == 1 && b.connected.size() == 1);

        for (int i = 0; i < 1_000; i++) {
            assertThat(b.network.send(TestNode.id(1), new Frame(16, new byte[] {(byte) (i >> 8), (byte) i})))
                    .isTrue();
        }
        assertThat(a.network.send(TestNode.id(2), frame(TestNode.MAX_BYTES))).isTrue();

        soon().until(() -> a.received.size() == 1_000 && b.received.size() == 1);
        for (int i = 0; i < 1_000; i++) {
            assertThat(a.received.get(i).payload()).containsExactly(i >> 8, i);
        }
        assertThat(a.senders).containsOnly(TestNode.id(2));
        PeerInfo seen = a.network.peers().getFirst();
        assertThat(seen.id()).isEqualTo(TestNode.id(2));
        assertThat(seen.outbound()).isFalse();
        assertThat(seen.address()).isEqualTo(b.address());
        assertThat(seen.hello().agent()).isEqualTo("test");
        assertThat(seen.bytesIn()).isGreaterThanOrEqualTo(7_000);
        soon().until(() -> a.network.peers().getFirst().bytesOut() > TestNode.MAX_BYTES);
        soon().until(() -> a.network.peers().getFirst().roundTripMicros() >= 0);
        assertThat(b.network.peers().getFirst().outbound()).isTrue();
    }

    @Test
    void namesTheChainThatDiffersOnBothSides() throws Exception {
        ListAppender<ILoggingEvent> log = recordLog();
        TestNode a = node(1);
        TestNode b = node(new TestNode(2, TestNode.hello(OTHER_CHAIN, 2), config -> config.staticPeer(a.address())));

        String clause = "chain id differs: the dialler has " + OTHER_CHAIN + ", the listener " + TestNode.CHAIN;
        soon().until(() -> {
            List<String> lines = lines(log);
            return lines.stream().anyMatch(l -> l.endsWith("does not fit: " + clause) && l.contains(b8(2)))
                    && lines.stream().anyMatch(l -> l.endsWith("refuses this node: " + clause) && l.contains(b8(1)));
        });
        assertThat(a.connected).isEmpty();
        assertThat(b.connected).isEmpty();
    }

    @Test
    void refusesAnotherNodeThanThePinnedOneAndNamesBoth() throws Exception {
        ListAppender<ILoggingEvent> log = recordLog();
        TestNode a = node(1);
        TestNode b = node(2, new PeerAddress("127.0.0.1", a.network.port(), Optional.of(TestNode.id(7))));

        soon().until(() -> lines(log).stream()
                .anyMatch(l -> l.contains("node " + TestNode.id(7) + " was expected and " + TestNode.id(1))));
        assertThat(a.connected).isEmpty();
        assertThat(b.network.peers()).isEmpty();
    }

    @Test
    void recognisesItself() throws Exception {
        TestNode a = node(1);
        ListAppender<ILoggingEvent> log = recordLog(Level.DEBUG);
        a.network.connect(a.address());

        soon().until(() -> lines(log).stream().anyMatch(l -> l.contains("a connection to oneself")));
        assertThat(a.connected).isEmpty();
    }

    @Test
    void tellsTwoProcessesWithOneKeyFromAConnectionToItself() throws Exception {
        ListAppender<ILoggingEvent> log = recordLog();
        TestNode a = node(1);
        node(new TestNode(1, TestNode.hello(TestNode.CHAIN, 55), config -> config.staticPeer(a.address())));

        soon().until(() -> lines(log).stream().anyMatch(l -> l.contains("runs with this node's key")));
        assertThat(a.connected).isEmpty();
    }

    @Test
    void simultaneousDialsEndWithOneConnectionOnBothSides() throws Exception {
        for (int round = 0; round < 5; round++) {
            TestNode a = node(10 + 2 * round);
            TestNode b = node(11 + 2 * round);
            a.network.connect(b.address());
            b.network.connect(a.address());

            soon().until(() -> connected(a, b));
            boolean aDialled = a.network.peers().getFirst().outbound();
            assertThat(b.network.peers().getFirst().outbound()).isNotEqualTo(aDialled);
            assertThat(a.network.send(b.network.self(), frame(1))).isTrue();
            soon().until(() -> b.received.size() == 1);
            assertThat(a.network.peers()).hasSize(1);
            assertThat(b.network.peers()).hasSize(1);
        }
    }

    @Test
    void reconnectsAfterARestartOnTheSamePort() throws Exception {
        TestNode first = new TestNode(1, config -> config);
        TestNode b = node(2, first.address());
        soon().until(() -> connected(b, first));

        int port = first.network.port();
        first.close();
        soon().until(() -> b.disconnected.size() == 1);
        assertThat(b.disconnected.getFirst()).contains("the node stops");
        assertThat(b.network.send(TestNode.id(1), frame(1))).isFalse();
        TestNode second = node(new TestNode(1, config -> config.bind("127.0.0.1", port)));

        soon().until(() -> connected(b, second) && b.connected.size() == 2);
    }

    @Test
    void findsTheOthersThroughTheOneItKnows() throws Exception {
        TestNode first = node(1);
        TestNode second = node(2, first.address());
        TestNode third = node(3, first.address());
        TestNode fourth = node(4, first.address());

        List<TestNode> all = List.of(first, second, third, fourth);
        soon().until(() -> all.stream().allMatch(n -> n.network.peers().size() == 3));
    }

    @Test
    void probesWithoutBotheringTheListener() throws Exception {
        TestNode known = node(new TestNode(1, config -> config.targetOutbound(0)));
        TestNode quiet = node(new TestNode(2, config -> config.targetOutbound(0).staticPeer(known.address())));
        soon().until(() -> known.sees(quiet));
        ListAppender<ILoggingEvent> log = recordLog(Level.DEBUG);
        TestNode prober =
                node(new TestNode(3, config -> config.targetOutbound(0).staticPeer(known.address())));

        soon().until(() -> lines(log).stream().anyMatch(l -> l.contains("that was a probe")));
        soon().until(() -> prober.connected.size() == 1);
        assertThat(quiet.connected).hasSize(1);
    }

    @Test
    void remembersPeersAndBansOverARestart() throws Exception {
        Path file = directory.resolve("peers");
        TestNode a = node(1);
        TestNode first = new TestNode(2, config -> config.peerFile(file).staticPeer(a.address()));
        soon().until(() -> first.sees(a));
        first.network.punish(TestNode.id(9), 100, "a test");
        first.close();

        TestNode second = node(new TestNode(2, config -> config.peerFile(file)));

        soon().until(() -> second.sees(a));
        assertThat(second.network.bans())
                .singleElement()
                .satisfies(ban ->
                        assertThat(ban.subject()).isEqualTo(TestNode.id(9).toString()))
                .satisfies(ban -> assertThat(ban.reason()).isEqualTo("a test"));
        assertThat(second.network.unban(TestNode.id(9).toString())).isTrue();
        assertThat(second.network.bans()).isEmpty();
    }

    @Test
    void setsADamagedPeerFileAsideAndStarts() throws Exception {
        Path file = directory.resolve("peers");
        Files.writeString(file, "garbage\n");

        node(new TestNode(1, config -> config.peerFile(file)));

        assertThat(directory.resolve("peers.damaged")).hasContent("garbage");
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        TestNode a = node(1);
        assertThatThrownBy(() -> new TestNode(2, config -> config.bind("127.0.0.1", a.network.port())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen for peers on 127.0.0.1:" + a.network.port());
    }

    @Test
    void punishesUpToABanAndRefusesTheBanned() throws Exception {
        TestNode a = node(1);
        TestNode b = node(2, a.address());
        soon().until(() -> connected(a, b));

        a.network.punish(TestNode.id(2), 60, "a bad block");
        assertThat(a.network.peers().getFirst().score()).isEqualTo(60);
        a.network.punish(TestNode.id(2), 60, "another bad block");

        soon().until(() -> b.disconnected.size() == 1);
        assertThat(b.disconnected.getFirst()).contains("banned for another bad block");
        assertThat(a.network.bans()).hasSize(1);
        ListAppender<ILoggingEvent> log = recordLog();
        soon().until(() -> lines(log).stream().anyMatch(l -> l.contains("refuses this node: banned for")));
        assertThat(a.network.peers()).isEmpty();
    }

    @Test
    void givesAReasonWhenThereIsNoRoomAndKeepsRoomForItsOwn() throws Exception {
        TestNode a = node(new TestNode(
                1,
                config ->
                        config.maxInbound(1).staticPeer(new PeerAddress("192.0.2.1", 1, Optional.of(TestNode.id(4))))));
        TestNode b = node(2, a.address());
        soon().until(() -> a.sees(b));
        ListAppender<ILoggingEvent> log = recordLog(Level.DEBUG);
        node(3, a.address());
        soon().until(() -> lines(log).stream().anyMatch(l -> l.contains("1 peers are connected")));

        TestNode reserved = node(4, a.address());
        soon().until(() -> a.sees(reserved));
        assertThat(a.network.peers()).hasSize(2);
    }

    @Test
    void aListenerThatThrowsLosesThatPeerOnly() throws Exception {
        Logger inbox = (Logger) LoggerFactory.getLogger(PeerInbox.class);
        inbox.setLevel(Level.OFF);
        TestNode a = node(new TestNode(1, TestNode.hello(TestNode.CHAIN, 1), config -> config, (from, frame) -> {
            if (from.equals(TestNode.id(2))) {
                throw new IllegalStateException("on purpose");
            }
        }));
        TestNode bad = node(2, a.address());
        TestNode good =
                node(new TestNode(3, config -> config.staticPeer(a.address()).targetOutbound(0)));
        soon().until(() -> connected(a, bad) && connected(a, good));

        bad.network.send(TestNode.id(1), frame(1));
        soon().until(() -> !a.disconnected.isEmpty());
        good.network.send(TestNode.id(1), frame(1));

        soon().until(() -> a.received.size() == 1);
        assertThat(a.disconnected.getFirst()).isEqualTo("internal error");
        inbox.setLevel(null);
    }

    @Test
    void closesWhileAListenerIsStuck() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        TestNode a = node(new TestNode(1, TestNode.hello(TestNode.CHAIN, 1), config -> config, (from, frame) -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        }));
        TestNode b = node(2, a.address());
        soon().until(() -> connected(a, b));
        b.network.send(TestNode.id(1), frame(1));
        soon().until(() -> a.senders.size() == 1);

        a.close();

        interrupted.await();
        soon().until(() -> b.disconnected.size() == 1);
    }

    private static String b8(int number) {
        return TestNode.id(number).shortText();
    }

    private static List<String> lines(ListAppender<ILoggingEvent> log) {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static ListAppender<ILoggingEvent> recordLog() {
        return recordLog(Level.WARN);
    }

    private static ListAppender<ILoggingEvent> recordLog(Level level) {
        Logger logger = (Logger) LoggerFactory.getLogger("synod.p2p");
        logger.setLevel(level);
        logger.setAdditive(false);
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.list = new java.util.concurrent.CopyOnWriteArrayList<>();
        appender.start();
        logger.addAppender(appender);
        return appender;
    }
}
