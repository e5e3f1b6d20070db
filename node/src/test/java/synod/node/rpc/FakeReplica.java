package synod.node.rpc;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.chain.transaction.Transaction;
import synod.node.replica.ReplicaClient;
import synod.node.replica.ReplicaEvent;
import synod.node.replica.ReplicaView;

/** A replica with one thread, as the real one has; it refuses nonces below the sender's and can be held up. */
final class FakeReplica implements ReplicaClient, AutoCloseable {
    final TestChain chain = new TestChain();
    final List<Transaction> submitted = new CopyOnWriteArrayList<>();
    private final List<Consumer<ReplicaEvent>> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("fake-replica").factory());

    @Override
    public <T> CompletableFuture<T> read(Function<ReplicaView, T> query) {
        return CompletableFuture.supplyAsync(() -> query.apply(chain), thread);
    }

    @Override
    public CompletableFuture<Optional<Rejection>> submit(Verified<Transaction> transaction) {
        return CompletableFuture.supplyAsync(() -> accept(transaction.value()), thread);
    }

    private Optional<Rejection> accept(Transaction transaction) {
        long next = chain.account(transaction.sender()).nonce();
        if (transaction.nonce() < next) {
            return Optional.of(new Rejection(Reason.NONCE_USED, "the sender's next nonce is " + next));
        }
        submitted.add(transaction);
        return Optional.empty();
    }

    @Override
    public Runnable subscribe(Consumer<ReplicaEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Tells the listeners, on the replica's thread, and waits until they have heard. */
    void emit(ReplicaEvent event) {
        CompletableFuture.runAsync(() -> listeners.forEach(listener -> listener.accept(event)), thread)
                .join();
    }

    /** Holds the replica up until the result is run. */
    Runnable stall() {
        CountDownLatch latch = new CountDownLatch(1);
        thread.execute(() -> {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return latch::countDown;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
