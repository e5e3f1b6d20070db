package synod.p2p;

import static org.assertj.core.api.Assertions.assertThat;
import static synod.p2p.TestNode.frame;
import static synod.p2p.TestNode.soon;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FlowControlTest {
    private static final int FRAME_BYTES = 64 << 10;

    private static PeerNetworkConfig.Budgets budgets(long bytesPerSecond, long framesPerSecond, long outboundBytes) {
        return new PeerNetworkConfig.Budgets(
                bytesPerSecond, bytesPerSecond, framesPerSecond, framesPerSecond, 8, 256 << 10, outboundBytes);
    }

    @Test
    void aBlockedListenerSlowsItsSenderDownAndNobodyElse() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        TestNode.Listening blocking = (from, frame) -> {
            if (from.equals(TestNode.id(2))) {
                awaitUninterrupted(release);
            }
        };
        try (TestNode slow = new TestNode(
                        1,
                        TestNode.hello(TestNode.CHAIN, 1),
                        config -> config.budgets(budgets(1L << 30, 100_000, 16 << 20)),
                        blocking);
                TestNode sender = new TestNode(
                        2,
                        config -> config.staticPeer(slow.address())
                                .targetOutbound(0)
                                .budgets(budgets(1L << 30, 100_000, 64 << 20)));
                TestNode other = new TestNode(
                        3, config -> config.staticPeer(slow.address()).targetOutbound(0))) {
            soon().until(() -> TestNode.connected(slow, sender) && TestNode.connected(slow, other));
            int frames = 800;
            for (int i = 0; i < frames; i++) {
                assertThat(sender.network.send(TestNode.id(1), frame(FRAME_BYTES)))
                        .isTrue();
            }
            long total = (long) frames * FRAME_BYTES;
            soon().until(() -> slow.senders.contains(TestNode.id(2)));

            assertThat(other.network.send(TestNode.id(1), frame(1))).isTrue();
            soon().until(() -> slow.senders.contains(TestNode.id(3)) && slow.received.size() == 1);
            soon().during(Duration.ofSeconds(2)).until(() -> bytesFrom(slow, 2) < 768 << 10);
            assertThat(total).isGreaterThan(20 << 20);

            release.countDown();
            soon().until(() -> slow.received.size() == frames + 1);
            assertThat(slow.disconnected).isEmpty();
        }
    }

    @Test
    void aPeerThatReadsNothingIsDisconnectedAsTooSlow() throws Exception {
        try (TestNode node = new TestNode(1, config -> config.budgets(budgets(1L << 30, 100_000, 1 << 20)));
                RawPeer reader = RawPeer.greeted(node.network.port(), TestNode.key(66))) {
            soon().until(() -> node.connected.size() == 1);
            int accepted = 0;
            while (node.network.send(TestNode.id(66), frame(FRAME_BYTES))) {
                accepted++;
                assertThat(accepted).isLessThan(10_000);
            }
            soon().until(() -> node.disconnected.size() == 1);
            assertThat(node.disconnected.getFirst()).contains("too slow");
            assertThat(node.network.send(TestNode.id(66), frame(1))).isFalse();
            reader.awaitEnd();
        }
    }

    @Test
    void aPeerThatReadsNothingAndIsSentLittleIsDisconnectedToo() throws Exception {
        try (TestNode node = new TestNode(
                        1,
                        config -> config.timeouts(TestNode.timeouts(10_000, 10_000, 3_000))
                                .budgets(budgets(1L << 30, 100_000, 64 << 20)));
                RawPeer reader = RawPeer.greeted(node.network.port(), TestNode.key(66))) {
            soon().until(() -> node.connected.size() == 1);
            Thread talking = Thread.ofVirtual().start(() -> pingToTheEnd(reader));
            for (int i = 0; i < 900; i++) {
                node.network.send(TestNode.id(66), frame(FRAME_BYTES));
            }
            soon().until(() -> node.disconnected.size() == 1);
            talking.join();
            assertThat(node.disconnected.getFirst()).contains("took nothing");
        }
    }

    @Test
    void aSenderAboveItsBudgetIsSlowedDownAndNotPunished() throws Exception {
        try (TestNode node = new TestNode(1, config -> config.budgets(budgets(1L << 30, 200, 16 << 20)));
                TestNode sender = new TestNode(2, config -> config.staticPeer(node.address()))) {
            soon().until(() -> TestNode.connected(node, sender));
            long start = System.nanoTime();
            for (int i = 0; i < 400; i++) {
                sender.network.send(TestNode.id(1), frame(1));
            }
            soon().until(() -> node.received.size() == 400);

            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isGreaterThan(800);
            assertThat(node.network.peers().getFirst().score()).isZero();
        }
    }

    @Test
    void framesSentJustBeforeTheEndStillArrive() throws Exception {
        try (TestNode node = new TestNode(1, config -> config)) {
            try (TestNode sender = new TestNode(2, config -> config.staticPeer(node.address()))) {
                soon().until(() -> TestNode.connected(node, sender));
                for (int i = 0; i < 200; i++) {
                    sender.network.send(TestNode.id(1), frame(100));
                }
            }
            soon().until(() -> node.disconnected.size() == 1);
            assertThat(node.received).hasSize(200);
        }
    }

    private static long bytesFrom(TestNode node, int number) {
        return node.network.peers().stream()
                .filter(p -> p.id().equals(TestNode.id(number)))
                .findFirst()
                .orElseThrow()
                .bytesIn();
    }

    private static void pingToTheEnd(RawPeer peer) {
        try {
            while (true) {
                peer.write(ControlKind.PING.frame(new byte[1]));
                TimeUnit.MILLISECONDS.sleep(50);
            }
        } catch (IOException | InterruptedException e) {
            // The node hung up, which is what the test waits for.
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
