package synod.sim.world;

import synod.chain.RejectedException;
import synod.chain.SealedBlock;
import synod.chain.state.Ledger;
import synod.chain.store.Journal;
import synod.chain.store.JournalRecord;
import synod.chain.store.Position;
import synod.node.journal.JournalEntry;
import synod.node.replica.Replica;

/** What a crash takes away from a node. */
final class Life {
    final Replica replica;
    final Ledger ledger;
    final Journal journal;
    final JournalDrive drive;
    final SimTimers timers;
    long search;

    Life(Member.Assembled assembled, Journal journal, JournalDrive drive, SimTimers timers) {
        this.replica = assembled.replica();
        this.ledger = assembled.ledger();
        this.journal = journal;
        this.drive = drive;
        this.timers = timers;
    }

    static JournalEntry decode(JournalRecord journaled) {
        try {
            return JournalEntry.decode(journaled.kind(), journaled.payload());
        } catch (RejectedException e) {
            throw new IllegalStateException("the journal holds what no node writes: " + e.rejection(), e);
        }
    }

    static SealedBlock block(Journal journal, Position position) {
        if (decode(journal.read(position)) instanceof JournalEntry.BlockEntry(SealedBlock block)) {
            return block;
        }
        throw new IllegalStateException("no block stands at " + position + " of the journal");
    }
}
