package synod.chain.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static synod.chain.store.JournalFixture.ONE_SEGMENT;
import static synod.chain.store.JournalFixture.OWNER;
import static synod.chain.store.JournalFixture.SALT;
import static synod.chain.store.JournalFixture.all;
import static synod.chain.store.JournalFixture.file;
import static synod.chain.store.JournalFixture.open;
import static synod.chain.store.JournalFixture.openSmall;
import static synod.chain.store.JournalFixture.payload;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import synod.chain.store.JournalFixture.Seen;
import synod.crypto.Hash;

/** Every byte of a small journal cut, and every bit of it turned over. */
class JournalDamageTest {
    private final MemoryDisk disk = new MemoryDisk();
    private final List<Seen> written = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();

    /** Three batches of records of several lengths; the last batch is not synced. */
    private Journal threeBatches() {
        Journal journal = open(disk);
        append(journal, 0, 5, 40);
        journal.sync();
        append(journal, 17, 1);
        journal.sync();
        append(journal, 30, 0, 12);
        return journal;
    }

    private void append(Journal journal, int... lengths) {
        for (int length : lengths) {
            journal.append(1 + length, payload(length, length));
            written.add(Seen.of(1 + length, payload(length, length)));
            ends.add(journal.end().offset());
        }
    }

    @Test
    void cutAnywhereItKeepsTheWholeRecordsBeforeTheCut() {
        threeBatches();
        int size = (int) disk.size(file(1));
        for (int length = SegmentHeader.BYTES; length <= size; length++) {
            MemoryDisk cut = disk.copy();
            cut.truncate(file(1), length);
            Journal journal = open(cut);

            assertThat(all(journal)).as("cut at %d", length).isEqualTo(written.subList(0, wholeRecordsIn(length)));
            journal.append(1, payload(3, 3));
            journal.sync();
            assertThat(all(open(cut.crash(0)))).hasSize(wholeRecordsIn(length) + 1);
        }
    }

    @Test
    void aCrashAnywhereInAnUnsyncedBatchKeepsWhatWasSynced() {
        Journal journal = threeBatches();
        int unsynced = (int) disk.size(file(1)) - journal.durableEnd().offset();
        for (int kept = 0; kept <= unsynced; kept++) {
            assertThat(all(open(disk.crash(kept))))
                    .as("%d bytes kept", kept)
                    .hasSizeGreaterThanOrEqualTo(5)
                    .isEqualTo(written.subList(
                            0, wholeRecordsIn(journal.durableEnd().offset() + kept)));
        }
    }

    @Test
    void anyBitTurnedOverInASyncedRecordIsReported() {
        Journal journal = threeBatches();
        int durable = journal.durableEnd().offset();
        for (long bit = 0; bit < 8L * durable; bit++) {
            MemoryDisk flipped = disk.copy();
            flipped.flipBit(file(1), bit);

            assertThat(catchThrowable(() -> open(flipped)))
                    .as("bit %d", bit)
                    .isInstanceOf(JournalDamagedException.class);
        }
    }

    @Test
    void anyBitTurnedOverInAnUnsyncedTailCutsItThere() {
        Journal journal = threeBatches();
        // the mark of the last sync is the first thing after it that is not durable itself
        for (long bit = 8L * journal.durableEnd().offset(); bit < 8L * disk.size(file(1)); bit++) {
            MemoryDisk flipped = disk.copy();
            flipped.flipBit(file(1), bit);
            Journal after = open(flipped);

            assertThat(after.tornTail()).as("bit %d", bit).isPresent();
            assertThat(all(after)).hasSizeGreaterThanOrEqualTo(5).isEqualTo(written.subList(0, wholeRecordsIn((int)
                    (bit / 8))));
        }
    }

    @Test
    void afterACleanStopNoBitButTheLastMarksCanBeTurnedOverUnnoticed() {
        threeBatches().close();
        int lastMark = (int) disk.size(file(1)) - 17;
        for (long bit = 0; bit < 8L * disk.size(file(1)); bit++) {
            MemoryDisk flipped = disk.copy();
            flipped.flipBit(file(1), bit);
            if (bit < 8L * lastMark) {
                assertThat(catchThrowable(() -> open(flipped))).isInstanceOf(JournalDamagedException.class);
            } else {
                Journal after = open(flipped);
                assertThat(after.tornTail()).isPresent();
                assertThat(all(after)).isEqualTo(written);
            }
        }
    }

    @Test
    void damageIsNeverReadAsARecord() {
        Journal journal = threeBatches();
        List<Position> positions = new ArrayList<>();
        journal.scan(journal.start(), record -> positions.add(record.position()));
        Random random = new Random(5);
        for (int i = 0; i < written.size(); i++) {
            Position position = positions.get(i);
            int from = 8 * position.offset();
            long bit = from + random.nextInt(8 * ends.get(i) - from);
            disk.flipBit(file(1), bit);

            assertThatThrownBy(() -> journal.read(position))
                    .isInstanceOfSatisfying(JournalDamagedException.class, damage -> {
                        assertThat(damage.file()).isEqualTo(file(1));
                        assertThat(damage.offset()).isEqualTo(position.offset());
                    });
            assertThatThrownBy(() -> all(journal)).isInstanceOf(JournalDamagedException.class);
            disk.flipBit(file(1), bit);
        }
        assertThat(all(journal)).isEqualTo(written);
    }

    @Test
    void aRecordInThePlaceOfAnotherIsDamage() {
        Journal journal = openSmall(disk);
        for (int i = 0; i < 4; i++) {
            journal.append(1, payload(100, i));
        }
        journal.sync();
        assertThat(journal.end().segment()).isEqualTo(2);
        byte[] elsewhere = disk.read(file(1), SegmentHeader.BYTES, 109);
        byte[] rest = disk.read(file(2), SegmentHeader.BYTES + 109, 1000);
        disk.truncate(file(2), SegmentHeader.BYTES);
        disk.append(file(2), elsewhere, rest);

        assertThatThrownBy(() -> openSmall(disk))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void recordsThatChangedPlacesAreDamage() {
        Journal journal = open(disk);
        append(journal, 20, 20);
        journal.sync();
        byte[] first = disk.read(file(1), SegmentHeader.BYTES, 29);
        byte[] rest = disk.read(file(1), SegmentHeader.BYTES + 29, 1000);
        byte[] second = java.util.Arrays.copyOf(rest, 29);
        byte[] mark = java.util.Arrays.copyOfRange(rest, 29, rest.length);
        disk.truncate(file(1), SegmentHeader.BYTES);
        disk.append(file(1), second, first, mark);

        assertThatThrownBy(() -> open(disk)).isInstanceOf(JournalDamagedException.class);
    }

    @Test
    void aHoleInAnUnsyncedTailIsCutEvenIfRecordsFollow() {
        Journal journal = open(disk);
        append(journal, 10);
        journal.sync();
        append(journal, 99, 99, 99, 99, 99, 99);
        MemoryDisk after = disk.crash((name, unsynced) -> {
            java.util.Arrays.fill(unsynced, 100, 612, (byte) 0);
            return unsynced;
        });

        Journal reopened = open(after);
        assertThat(all(reopened)).isEqualTo(written.subList(0, 1));
        assertThat(reopened.tornTail().orElseThrow().toString()).contains("unfinished write", "were cut off");
    }

    @Test
    void aMarkInsideAPayloadProvesNothing() {
        Journal journal = open(disk);
        int forgedAt = journal.end().offset() + RecordFormat.HEADER_BYTES;
        byte[] guessed = RecordFormat.syncMarkPayload(SALT + 1);
        byte[] header = new RecordFormat(OWNER, 1).header(forgedAt, RecordFormat.SYNC_MARK, guessed);
        byte[] forged = java.util.Arrays.copyOf(header, 100);
        System.arraycopy(guessed, 0, forged, header.length, guessed.length);
        journal.append(1, forged);

        assertThat(all(open(disk.crash(60)))).isEmpty();
    }

    @Test
    void whatASegmentWasCreatedWithIsNeverATornTail() {
        Journal journal = openSmall(disk);
        journal.carryOver(() -> List.of(new CarryOver.Entry(2, payload(20, 2))));
        journal.append(1, payload(300, 1));
        journal.append(1, payload(300, 1));
        int born = SegmentHeader.BYTES + 29;
        MemoryDisk crashed = disk.crash(0);
        assertThat(crashed.size(file(2))).isEqualTo(born);

        for (long bit = 0; bit < 8L * born; bit++) {
            MemoryDisk flipped = crashed.copy();
            flipped.flipBit(file(2), bit);
            assertThat(catchThrowable(() -> openSmall(flipped))).isInstanceOf(JournalDamagedException.class);
        }
        for (int length = 0; length < born; length++) {
            MemoryDisk cut = crashed.copy();
            cut.truncate(file(2), length);
            assertThat(catchThrowable(() -> openSmall(cut))).isInstanceOf(JournalDamagedException.class);
        }
    }

    @Test
    void anEarlierSegmentMustHaveItsLength() {
        Journal journal = openSmall(disk);
        for (int i = 0; i < 6; i++) {
            journal.append(1, payload(150, i));
        }
        journal.close();
        assertThat(disk.list()).hasSize(3);

        MemoryDisk longer = disk.copy();
        longer.append(file(2), new byte[1]);
        assertThatThrownBy(() -> openSmall(longer)).isInstanceOf(JournalDamagedException.class);
        for (int length = 0; length < disk.size(file(2)); length++) {
            MemoryDisk cut = disk.copy();
            cut.truncate(file(2), length);
            assertThat(catchThrowable(() -> openSmall(cut)))
                    .isInstanceOfSatisfying(
                            JournalDamagedException.class,
                            damage -> assertThat(damage.file()).isEqualTo(file(2)));
        }
    }

    @Test
    void aMissingSegmentIsNamed() {
        Journal journal = openSmall(disk);
        for (int i = 0; i < 6; i++) {
            journal.append(1, payload(150, i));
        }
        journal.close();
        for (int missing = 1; missing <= 2; missing++) {
            MemoryDisk holed = disk.copy();
            holed.delete(file(missing));
            assertThatThrownBy(() -> openSmall(holed))
                    .isInstanceOf(JournalDamagedException.class)
                    .hasMessageContaining(file(missing))
                    .hasMessageContaining("missing")
                    .hasMessageContaining("Put back this file");
        }
    }

    @Test
    void aSegmentUnderAnotherNameIsFound() {
        Journal journal = openSmall(disk);
        for (int i = 0; i < 6; i++) {
            journal.append(1, payload(150, i));
        }
        journal.close();
        byte[] second = disk.read(file(2), 0, 10_000);
        disk.delete(file(3));
        disk.create(file(3), second);

        assertThatThrownBy(() -> openSmall(disk))
                .isInstanceOf(JournalDamagedException.class)
                .hasMessageContaining("under another name");
    }

    @Test
    void anotherOwnersJournalIsRefused() {
        threeBatches().close();

        assertThatThrownBy(() -> Journal.open(disk, Hash.ZERO, SALT, ONE_SEGMENT))
                .isInstanceOfSatisfying(
                        DiskException.class, e -> assertThat(e.kind()).isEqualTo(DiskException.Kind.FOREIGN))
                .hasMessageContaining(OWNER.toString())
                .hasMessageContaining("genesis file");
    }

    @Test
    void anotherFormatIsRefused() {
        byte[] header = new SegmentHeader(1, OWNER, SALT, 0, SegmentHeader.BYTES).bytes();
        header[8] = 2;
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(header, 0, SegmentHeader.BYTES - 4);
        java.nio.ByteBuffer.wrap(header).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(SegmentHeader.BYTES - 4, (int)
                crc.getValue());
        disk.create(file(1), header);

        assertThatThrownBy(() -> open(disk))
                .isInstanceOfSatisfying(
                        DiskException.class, e -> assertThat(e.kind()).isEqualTo(DiskException.Kind.FOREIGN))
                .hasMessageContaining("format 2");
    }

    private int wholeRecordsIn(int length) {
        return (int) ends.stream().filter(end -> end <= length).count();
    }
}
