package synod.node.runtime;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import synod.chain.store.KeyValueStore;
import synod.chain.store.WriteBatch;
import synod.node.replica.Input;
import synod.node.replica.Output;

/**
 * The thread that writes to the key-value store. Nothing waits for that to be durable: what a crash takes back is made
 * again from the journal.
 */
final class StoreWriter {
    private final KeyValueStore store;
    private final Consumer<Input> replica;
    private final Consumer<Throwable> onFailure;
    private final BlockingQueue<Output.Write> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    StoreWriter(KeyValueStore store, Consumer<Input> replica, Consumer<Throwable> onFailure) {
        this.store = store;
        this.replica = replica;
        this.onFailure = onFailure;
        this.thread = Thread.ofPlatform().name("store").start(this::run);
    }

    /** Queues a batch. */
    void write(Output.Write write) {
        queue.add(write);
    }

    private void run() {
        try {
            while (!closed) {
                Output.Write write = queue.take();
                store.write(write.batch(), false);
                replica.accept(new Input.Written(write.ticket()));
            }
        } catch (InterruptedException e) {
            if (!closed) {
                onFailure.accept(e);
            }
        } catch (RuntimeException | Error e) {
            onFailure.accept(e);
        }
    }

    /** Ends the thread after the batch at hand. */
    void close() throws InterruptedException {
        closed = true;
        queue.add(new Output.Write(-1, new WriteBatch()));
        if (Thread.currentThread() != thread) {
            thread.join();
        }
    }
}
