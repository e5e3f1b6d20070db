package synod.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import synod.chain.store.Disk;
import synod.chain.store.DiskException;
import synod.chain.store.Journal;
import synod.chain.store.JournalLimits;
import synod.chain.store.MemoryDisk;
import synod.node.journal.JournalEntry;
import synod.node.journal.SoftState;
import synod.node.replica.Input;
import synod.node.replica.Output;
import synod.node.wire.WireSamples;

/** The thread that makes entries durable, on disks that work and disks that fail. */
class JournalWriterTest {
    private static final long DEADLINE_SECONDS = 20;

    private final LinkedBlockingQueue<Input> inputs = new LinkedBlockingQueue<>();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    private JournalWriter writer(Disk disk) {
        return writer(disk, inputs::add);
    }

    private JournalWriter writer(Disk disk, Consumer<Input> replica) {
        Journal journal = Journal.open(disk, WireSamples.CHAIN, 1, JournalLimits.DEFAULT);
        return new JournalWriter(journal, new SoftState(), replica, failure::complete);
    }

    private static Output.Append append(long ticket) {
        return new Output.Append(
                ticket, List.of(new JournalEntry.AcknowledgedTransaction(WireSamples.transaction((int) ticket))));
    }

    @Test
    void whatIsReportedDurableSurvivesACrash() throws InterruptedException {
        MemoryDisk disk = new MemoryDisk();
        JournalWriter writer = writer(disk);
        for (int ticket = 1; ticket <= 20; ticket++) {
            writer.append(append(ticket));
        }
        for (int ticket = 1; ticket <= 20; ticket++) {
            assertThat(inputs.poll(DEADLINE_SECONDS, TimeUnit.SECONDS))
                    .isInstanceOf(Input.Durable.class)
                    .extracting(input -> ((Input.Durable) input).ticket())
                    .isEqualTo((long) ticket);
        }
        writer.close();
        Journal again = Journal.open(disk.crash(0), WireSamples.CHAIN, 2, JournalLimits.DEFAULT);
        assertThat(new Recovery(again).softState().acknowledgedTransactions()).hasSize(20);
        assertThat(failure).isNotDone();
    }

    @Test
    void anEmptyAppendIsDurableInItsTurn() throws InterruptedException {
        JournalWriter writer = writer(new MemoryDisk());
        writer.append(append(1));
        writer.append(new Output.Append(2, List.of()));
        assertThat(inputs.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).isInstanceOf(Input.Durable.class);
        assertThat(inputs.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).isEqualTo(new Input.Durable(2, List.of()));
        writer.close();
    }

    @Test
    void aFullDiskEndsTheNodeAndNothingIsReportedDurable() throws Exception {
        failsWith(new DiskException(DiskException.Kind.FULL, "No space is left."), true);
    }

    @Test
    void aFailedSyncEndsTheNodeAndNothingIsReportedDurable() throws Exception {
        failsWith(new DiskException(DiskException.Kind.FAILED, "The disk did not sync."), false);
    }

    private void failsWith(DiskException reason, boolean onAppend) throws Exception {
        FailingDisk disk = new FailingDisk(new MemoryDisk());
        JournalWriter writer = writer(disk);
        writer.append(append(1));
        assertThat(inputs.poll(DEADLINE_SECONDS, TimeUnit.SECONDS)).isInstanceOf(Input.Durable.class);
        disk.failNext(reason, onAppend);
        writer.append(append(2));
        assertThat(failure.get(DEADLINE_SECONDS, TimeUnit.SECONDS)).hasMessageContaining(reason.getMessage());
        writer.append(append(3));
        writer.close();
        assertThat(inputs).isEmpty();
    }
}
