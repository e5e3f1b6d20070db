package synod.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import synod.chain.Amount;
import synod.chain.LedgerRules;
import synod.chain.Verified;
import synod.chain.store.MemoryKeyValueStore;
import synod.consensus.pow.CompactBits;
import synod.consensus.pow.PowParameters;
import synod.crypto.SigningKey;
import synod.genesis.EngineParameters;
import synod.genesis.Genesis;
import synod.node.byzantine.Adversary;
import synod.node.replica.ChainGenesis;
import synod.node.replica.Input;
import synod.node.replica.NodeIdentity;
import synod.node.wire.WireMessage;
import synod.node.wire.WireSamples;
import synod.p2p.NodeId;

/** The replica's thread: its queue, its end, and those who wait for it. */
class ReplicaLoopTest {
    private static final long DEADLINE_SECONDS = 20;
    private static final NodeId PEER = new NodeId(WireSamples.hash(1));
    private static final CompactBits EASIEST = new CompactBits(0x207fffff);

    private final CompletableFuture<Throwable> defect = new CompletableFuture<>();
    private final ReplicaLoop loop = new ReplicaLoop(
            new ChainGenesis(new Genesis(
                            "loop",
                            "loop",
                            true,
                            1_790_000_000_000L,
                            new EngineParameters.Pow(new PowParameters(1_000, 60_000, EASIEST, EASIEST, 60_000, 11)),
                            new LedgerRules(1 << 20, 1, Amount.ofCoins(50), 1_000, 5),
                            List.of()))
                    .replica(
                            new MemoryKeyValueStore(),
                            _ -> {
                                throw new IllegalStateException("nothing is journaled here");
                            },
                            NodeIdentity.of(SigningKey.of(new byte[32]), Optional.empty(), Optional.empty())),
            Adversary.NONE,
            NodeClock.system(),
            defect::complete);

    private void begin() {
        loop.start(_ -> {});
        loop.feed(new Input.Started(List.of(), new TreeMap<>()));
    }

    @AfterEach
    void end() throws InterruptedException {
        loop.stop();
    }

    private static Input message() {
        return new Input.Received(PEER, new Verified<>(new WireMessage.GetHeaders(List.of())));
    }

    @Test
    void answersQueriesBetweenInputs() throws Exception {
        begin();
        assertThat(loop.read(view -> view.blocks().head().height()).get(DEADLINE_SECONDS, TimeUnit.SECONDS))
                .isZero();
        CompletableFuture<Object> wrong = loop.read(_ -> {
            throw new IllegalArgumentException("the query's own fault");
        });
        assertThatThrownBy(() -> wrong.get(DEADLINE_SECONDS, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("the query's own fault");
        assertThat(defect).isNotDone();
    }

    @Test
    void whatComesFromOutsideWaitsForAPlaceAndIsReleasedByTheEnd() throws Exception {
        begin();
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Boolean> blocking = loop.read(_ -> {
            busy.countDown();
            try {
                return release.await(DEADLINE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(busy.await(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        CountDownLatch ended = new CountDownLatch(1);
        Thread flood = Thread.ofVirtual().start(() -> {
            try {
                for (int i = 0; i < 100_000; i++) {
                    loop.feedFromOutside(message());
                }
                ended.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        org.awaitility.Awaitility.await().until(() -> flood.getState() == Thread.State.WAITING);
        assertThat(loop.depth()).isLessThanOrEqualTo(4_097);
        CompletableFuture<Long> late = loop.read(view -> view.timeMillis());
        Thread stopper = Thread.ofVirtual().start(() -> {
            try {
                loop.stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        release.countDown();
        assertThat(blocking.get(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(stopper.join(java.time.Duration.ofSeconds(DEADLINE_SECONDS))).isTrue();
        assertThat(ended.await(DEADLINE_SECONDS, TimeUnit.SECONDS))
                .as("the peer's thread")
                .isTrue();
        org.awaitility.Awaitility.await().until(late::isDone);
    }

    @Test
    void aDefectEndsTheLoopAndAllThatWait() throws Exception {
        begin();
        CompletableFuture<?> submission = loop.submit(new Verified<>(WireSamples.transaction(0)));
        loop.feed(new Input.TimerExpired("nobody's"));
        assertThat(defect.get(DEADLINE_SECONDS, TimeUnit.SECONDS)).hasMessageContaining("nobody's");
        assertThat(loop.read(view -> view.timeMillis())).isCompletedExceptionally();
        assertThat(loop.submit(new Verified<>(WireSamples.transaction(1)))).isCompletedExceptionally();
        org.awaitility.Awaitility.await().until(submission::isDone);
        for (int i = 0; i < 10_000; i++) {
            loop.feedFromOutside(message());
        }
    }
}
