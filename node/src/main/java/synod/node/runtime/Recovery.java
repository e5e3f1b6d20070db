package synod.node.runtime;

import java.util.function.LongConsumer;
import synod.chain.RejectedException;
import synod.chain.SealedBlock;
import synod.chain.Verified;
import synod.chain.store.Journal;
import synod.chain.store.JournalRecord;
import synod.chain.store.KeyValueReader;
import synod.chain.store.Position;
import synod.node.journal.JournalEntry;
import synod.node.journal.SoftState;
import synod.node.replica.Input;
import synod.node.replica.UnsettledBodies;

/** Brings a replica up to where its journal ends. */
final class Recovery {
    private final Journal journal;

    Recovery(Journal journal) {
        this.journal = journal;
    }

    /** The soft state as the last segment has it. */
    SoftState softState() {
        SoftState softState = new SoftState();
        journal.scan(journal.lastSegmentStart(), record -> {
            softState.apply(decode(record));
            return true;
        });
        return softState;
    }

    /**
     * Feeds the replica every block that the store does not know, and tells it to start.
     *
     * @param progress hears of how many blocks were fed so far
     */
    void run(KeyValueReader store, SoftState softState, ReplicaLoop loop, LongConsumer progress)
            throws InterruptedException {
        BlockFeeder feeder = new BlockFeeder(loop, progress);
        Position from = UnsettledBodies.recoverFrom(store).orElse(journal.start());
        journal.scan(from, feeder::feed);
        if (feeder.interrupted) {
            throw new InterruptedException();
        }
        loop.feed(new Input.Started(
                softState.acknowledgedTransactions().stream().map(Verified::new).toList(), softState.engineEntries()));
    }

    /** Reads a block that was journaled. */
    static SealedBlock block(Journal journal, Position position) {
        if (decode(journal.read(position)) instanceof JournalEntry.BlockEntry(SealedBlock block)) {
            return block;
        }
        throw new IllegalStateException("no block stands at " + position + " of the journal");
    }

    private static JournalEntry decode(JournalRecord record) {
        try {
            return JournalEntry.decode(record.kind(), record.payload());
        } catch (RejectedException e) {
            throw new IllegalStateException(
                    "the journal's record at " + record.position() + " was not written by this version: "
                            + e.rejection(),
                    e);
        }
    }

    private static final class BlockFeeder {
        private final ReplicaLoop loop;
        private final LongConsumer progress;
        private long count;
        private boolean interrupted;

        BlockFeeder(ReplicaLoop loop, LongConsumer progress) {
            this.loop = loop;
            this.progress = progress;
        }

        boolean feed(JournalRecord record) {
            if (!record.carriedOver() && decode(record) instanceof JournalEntry.BlockEntry(SealedBlock block)) {
                try {
                    loop.feedFromOutside(new Input.Recovered(block, record.position()));
                } catch (InterruptedException e) {
                    interrupted = true;
                    return false;
                }
                progress.accept(++count);
            }
            return true;
        }
    }
}
