package synod.node.rpc.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.chain.transaction.Transaction;
import synod.crypto.Hash;
import synod.node.replica.ReplicaClient;
import synod.node.replica.ReplicaEvent;
import synod.node.replica.ReplicaView;
import synod.node.rpc.subscription.EventHub.Rendered;

class EventHubTest {
    private final Listeners replica = new Listeners();
    private final CountDownLatch mayRender = new CountDownLatch(1);
    private final EventHub hub = new EventHub(replica, (event, wanted) -> {
        mayRender.await();
        if (event instanceof ReplicaEvent.TransactionPending(Hash id) && id.equals(Hash.ZERO)) {
            throw new IllegalStateException("a defect, as this test wants it");
        }
        return List.of(new Rendered(Topic.TRANSACTIONS, "1"));
    });

    @AfterEach
    void close() {
        hub.close();
    }

    /** Only knows who listens. */
    private static final class Listeners implements ReplicaClient {
        private final List<Consumer<ReplicaEvent>> all = new CopyOnWriteArrayList<>();

        @Override
        public <T> CompletableFuture<T> read(Function<ReplicaView, T> query) {
            throw new AssertionError("nothing is read here");
        }

        @Override
        public CompletableFuture<Optional<Rejection>> submit(Verified<Transaction> transaction) {
            throw new AssertionError("nothing is submitted here");
        }

        @Override
        public Runnable subscribe(Consumer<ReplicaEvent> listener) {
            all.add(listener);
            return () -> all.remove(listener);
        }

        void tell(int seed) {
            byte[] id = new byte[Hash.LENGTH];
            id[0] = (byte) seed;
            all.forEach(listener -> listener.accept(new ReplicaEvent.TransactionPending(Hash.of(id))));
        }
    }

    /** Remembers what it was sent, and why it was ended. */
    private static final class Recorder implements Outlet {
        private final List<String> sent = new CopyOnWriteArrayList<>();
        private final CompletableFuture<String> ended = new CompletableFuture<>();
        private final CountDownLatch first = new CountDownLatch(1);

        @Override
        public void send(String notification) {
            sent.add(notification);
            first.countDown();
        }

        @Override
        public void end(String reason) {
            ended.complete(reason);
        }
    }

    private static Subscription subscription(Recorder recorder) {
        return new Subscription("7", Topic.TRANSACTIONS, recorder);
    }

    @Test
    void holdsNotificationsBackUntilTheAnswerIsOut() throws Exception {
        Recorder held = new Recorder();
        Recorder free = new Recorder();
        Subscription waiting = subscription(held);
        hub.add(waiting);
        Subscription released = subscription(free);
        released.release();
        mayRender.countDown();
        replica.tell(1);
        hub.add(released);
        replica.tell(2);
        assertThat(free.first.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(held.sent).isEmpty();
        waiting.release();
        // the hub may still be about to hand the event to this one
        Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> !held.sent.isEmpty());
        assertThat(held.sent)
                .containsOnly("{\"jsonrpc\":\"2.0\",\"method\":\"ledger_subscription\",\"params\":"
                        + "{\"subscription\":\"7\",\"topic\":\"transactions\",\"event\":1}}");
    }

    @Test
    void cutsSubscribersOffWhenEventsAreLost() throws Exception {
        Recorder recorder = new Recorder();
        hub.add(subscription(recorder));
        for (int i = 0; i < EventHub.QUEUE_LIMIT + 10; i++) {
            replica.tell(1);
        }
        mayRender.countDown();
        assertThat(recorder.ended.get(60, TimeUnit.SECONDS)).contains("faster");
        assertThat(hub.count()).isZero();
    }

    @Test
    void cutsSubscribersOffWhenAnEventCannotBeTold() throws Exception {
        Recorder recorder = new Recorder();
        hub.add(subscription(recorder));
        mayRender.countDown();
        replica.tell(0);
        assertThat(recorder.ended.get(60, TimeUnit.SECONDS)).contains("defect");
        Recorder next = new Recorder();
        Subscription again = subscription(next);
        again.release();
        hub.add(again);
        replica.tell(1);
        assertThat(next.first.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tellsSubscribersThatItStops() throws Exception {
        Recorder recorder = new Recorder();
        hub.add(subscription(recorder));
        hub.close();
        assertThat(recorder.ended.get(60, TimeUnit.SECONDS)).isEqualTo("this node stops");
        assertThat(replica.all).isEmpty();
    }
}
