package synod.chain.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static synod.chain.store.JournalFixture.all;
import static synod.chain.store.JournalFixture.open;
import static synod.chain.store.JournalFixture.openSmall;
import static synod.chain.store.JournalFixture.payload;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import synod.chain.store.JournalFixture.Seen;

class JournalFailureTest {
    private final MemoryDisk disk = new MemoryDisk();

    @Test
    void afterAFailedSyncEveryCallFails() {
        Journal journal = open(disk);
        Position position = journal.append(1, payload(10, 1));
        disk.failSyncs(true);
        assertThatThrownBy(journal::sync).isInstanceOf(DiskException.class);
        disk.failSyncs(false);

        for (ThrowingCallable call : new ThrowingCallable[] {
            journal::sync,
            () -> journal.append(1, payload(1, 1)),
            () -> journal.read(position),
            () -> journal.scan(position, record -> true)
        }) {
            assertThatThrownBy(call)
                    .isInstanceOf(DiskException.class)
                    .hasMessageContaining("could not be synced")
                    .hasMessageContaining("Start the node again");
        }
        assertThat(journal.durableEnd()).isEqualTo(position);
    }

    @Test
    void closingAFailedJournalDoesNotTryAgain() {
        Journal journal = open(disk);
        journal.append(1, payload(10, 1));
        disk.failSyncs(true);
        assertThatThrownBy(journal::sync).isInstanceOf(DiskException.class);
        disk.failSyncs(false);
        journal.close();

        assertThat(all(open(disk.crash(0)))).isEmpty();
    }

    @Test
    void aFullDiskStopsTheJournalAndLosesNothingSynced() {
        Journal journal = open(disk);
        journal.append(1, payload(10, 1));
        journal.sync();
        disk.limitTo(disk.size("0000000001.journal") + 20);

        assertThatThrownBy(() -> journal.append(1, payload(100, 2)))
                .isInstanceOfSatisfying(
                        DiskException.class, e -> assertThat(e.kind()).isEqualTo(DiskException.Kind.FULL));
        assertThatThrownBy(() -> journal.append(1, payload(1, 2)))
                .isInstanceOfSatisfying(
                        DiskException.class, e -> assertThat(e.kind()).isEqualTo(DiskException.Kind.FULL));
        disk.limitTo(Long.MAX_VALUE);
        Journal again = open(disk);
        assertThat(again.tornTail()).isPresent();
        assertThat(all(again)).containsExactly(Seen.of(1, payload(10, 1)));
    }

    @Test
    void aNewSegmentThatCannotBeCreatedStopsTheJournal() {
        Journal journal = openSmall(disk);
        journal.append(1, payload(300, 1));
        journal.sync();
        disk.limitTo(disk.size("0000000001.journal") + 10);

        assertThatThrownBy(() -> journal.append(1, payload(300, 2))).isInstanceOf(DiskException.class);
        assertThatThrownBy(journal::sync).isInstanceOf(DiskException.class);
        disk.limitTo(Long.MAX_VALUE);
        assertThat(all(openSmall(disk.crash(0)))).containsExactly(Seen.of(1, payload(300, 1)));
    }

    @Test
    void aMarkThatCannotBeWrittenStopsTheJournal() {
        Journal journal = open(disk);
        journal.append(1, payload(10, 1));
        disk.limitTo(disk.size("0000000001.journal") + 5);

        assertThatThrownBy(journal::sync).isInstanceOf(DiskException.class);
        disk.limitTo(Long.MAX_VALUE);
        assertThat(all(open(disk.crash(5)))).containsExactly(Seen.of(1, payload(10, 1)));
    }
}
