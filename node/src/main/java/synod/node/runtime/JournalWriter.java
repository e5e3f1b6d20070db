package synod.node.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import synod.chain.store.Journal;
import synod.chain.store.Position;
import synod.node.journal.JournalEntry;
import synod.node.journal.SoftState;
import synod.node.replica.Input;
import synod.node.replica.Output;

/**
 * The thread that makes the replica's entries durable: all that queued up while the disk was busy is appended and synced
 * as one. A failure ends it and the node: what is on the disk is then known only after a restart.
 */
final class JournalWriter {
    private final Journal journal;
    private final SoftState softState;
    private final Consumer<Input> replica;
    private final Consumer<Throwable> onFailure;
    private final BlockingQueue<Output.Append> queue = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Starts the thread.
     *
     * @param softState as the journal has it now; the writer keeps it up to date from here on
     */
    JournalWriter(Journal journal, SoftState softState, Consumer<Input> replica, Consumer<Throwable> onFailure) {
        this.journal = journal;
        this.softState = softState;
        this.replica = replica;
        this.onFailure = onFailure;
        journal.carryOver(softState);
        this.thread = Thread.ofPlatform().name("journal").start(this::run);
    }

    /** Queues entries. */
    void append(Output.Append append) {
        queue.add(append);
    }

    private void run() {
        List<Output.Append> batch = new ArrayList<>();
        try {
            while (!closed) {
                batch.add(queue.take());
                queue.drainTo(batch);
                if (!closed) {
                    write(batch);
                }
                batch.clear();
            }
        } catch (InterruptedException e) {
            if (!closed) {
                onFailure.accept(e);
            }
        } catch (RuntimeException | Error e) {
            onFailure.accept(e);
        }
    }

    private void write(List<Output.Append> batch) {
        List<Input> durable = new ArrayList<>(batch.size());
        for (Output.Append append : batch) {
            List<Position> positions = new ArrayList<>(append.entries().size());
            for (JournalEntry entry : append.entries()) {
                positions.add(journal.append(entry.kind(), entry.payload()));
                softState.apply(entry);
            }
            durable.add(new Input.Durable(append.ticket(), positions));
        }
        journal.sync();
        durable.forEach(replica);
    }

    /** Ends the thread after the batch at hand; what is still queued was never acknowledged. */
    void close() throws InterruptedException {
        closed = true;
        // not interrupted: an interrupted thread closes the file channel that it is writing to
        queue.add(new Output.Append(-1, List.of()));
        if (Thread.currentThread() != thread) {
            thread.join();
        }
    }
}
