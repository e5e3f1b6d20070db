package synod.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import synod.crypto.Hash;
import synod.p2p.ConnectionRegistry.Decision;

class ConnectionRegistryTest {
    private static final NodeId LOW = id(1);
    private static final NodeId HIGH = id(2);
    private static final long WINDOW = 1_000;

    private final ConnectionRegistry<String> low = new ConnectionRegistry<>(LOW, WINDOW);
    private final ConnectionRegistry<String> high = new ConnectionRegistry<>(HIGH, WINDOW);

    @Test
    void allowsOneClaimPerPeer() {
        assertThat(low.claim(HIGH, "a")).isTrue();
        assertThat(low.claim(HIGH, "b")).isFalse();
        low.release(HIGH, "b");
        assertThat(low.claim(HIGH, "b")).isFalse();
        low.release(HIGH, "a");
        assertThat(low.claim(HIGH, "b")).isTrue();
    }

    @Test
    void keepsTheLowerNodesDialWhenBothDial() {
        low.claim(HIGH, "low's dial");
        high.claim(LOW, "high's dial");

        assertThat(low.accept(HIGH, "high's dial", 7, 0)).isEqualTo(new Decision.Refused<>());
        assertThat(high.accept(LOW, "low's dial", 7, 0)).isEqualTo(new Decision.Accepted<>(List.of("high's dial")));
        assertThat(high.establish(LOW, "high's dial", 7, 0)).isFalse();
        assertThat(low.establish(HIGH, "low's dial", 7, 0)).isTrue();
    }

    @Test
    void refusesTheLateHelloOfADialThatLost() {
        low.claim(HIGH, "low's dial");
        low.establish(HIGH, "low's dial", 7, 0);

        assertThat(low.accept(HIGH, "high's dial", 7, WINDOW - 1)).isEqualTo(new Decision.Refused<>());
    }

    @Test
    void replacesAConnectionThatItsPeerHasGivenUp() {
        low.claim(HIGH, "old");
        low.establish(HIGH, "old", 7, 0);

        assertThat(low.accept(HIGH, "new", 7, WINDOW)).isEqualTo(new Decision.Accepted<>(List.of("old")));
        assertThat(low.accept(HIGH, "newer", 7, WINDOW)).isEqualTo(new Decision.Accepted<>(List.of("new")));
        low.release(HIGH, "new");
        assertThat(low.established(HIGH)).contains("newer");
    }

    @Test
    void replacesAtOnceWhenThePeerWasRestarted() {
        low.claim(HIGH, "old");
        low.establish(HIGH, "old", 7, 0);

        assertThat(low.accept(HIGH, "new", 8, 1)).isEqualTo(new Decision.Accepted<>(List.of("old")));
    }

    /** Two nodes dial each other once; every order of the steps that the network could take ends with one connection. */
    @Test
    void endsWithOneConnectionOnBothSidesWhateverTheOrder() {
        Random random = new Random(11);
        for (int round = 0; round < 5_000; round++) {
            TwoNodes nodes = new TwoNodes();
            while (!nodes.steps.isEmpty()) {
                nodes.steps.remove(random.nextInt(nodes.steps.size())).run();
            }
            assertThat(nodes.low.established()).hasSize(1).isEqualTo(nodes.high.established());
        }
    }

    /** Messages of one connection come in order, those of the two connections in any. */
    private static final class TwoNodes {
        private final ConnectionRegistry<String> low = new ConnectionRegistry<>(LOW, WINDOW);
        private final ConnectionRegistry<String> high = new ConnectionRegistry<>(HIGH, WINDOW);
        private final List<Runnable> steps = new ArrayList<>();

        private TwoNodes() {
            dial("low's dial", low, LOW, high, HIGH);
            dial("high's dial", high, HIGH, low, LOW);
        }

        private void dial(
                String name,
                ConnectionRegistry<String> dialler,
                NodeId diallerId,
                ConnectionRegistry<String> acceptor,
                NodeId acceptorId) {
            steps.add(() -> {
                if (dialler.claim(acceptorId, name)) {
                    steps.add(() -> hello(name, dialler, diallerId, acceptor, acceptorId));
                }
            });
        }

        private void hello(
                String name,
                ConnectionRegistry<String> dialler,
                NodeId diallerId,
                ConnectionRegistry<String> acceptor,
                NodeId acceptorId) {
            if (acceptor.accept(diallerId, name, 7, 0) instanceof Decision.Accepted<String>(List<String> superseded)) {
                for (String other : superseded) {
                    acceptor.release(diallerId, other);
                    steps.add(() -> dialler.release(acceptorId, other));
                }
                steps.add(() -> {
                    if (!dialler.establish(acceptorId, name, 7, 0)) {
                        steps.add(() -> acceptor.release(diallerId, name));
                    }
                });
            } else {
                steps.add(() -> dialler.release(acceptorId, name));
            }
        }
    }

    private static NodeId id(int first) {
        byte[] digest = new byte[Hash.LENGTH];
        digest[0] = (byte) first;
        return new NodeId(Hash.of(digest));
    }
}
