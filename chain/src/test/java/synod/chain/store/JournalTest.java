package synod.chain.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static synod.chain.store.JournalFixture.ONE_SEGMENT;
import static synod.chain.store.JournalFixture.OWNER;
import static synod.chain.store.JournalFixture.SALT;
import static synod.chain.store.JournalFixture.all;
import static synod.chain.store.JournalFixture.assertBeginsWith;
import static synod.chain.store.JournalFixture.from;
import static synod.chain.store.JournalFixture.open;
import static synod.chain.store.JournalFixture.openSmall;
import static synod.chain.store.JournalFixture.payload;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import synod.chain.store.JournalFixture.Seen;
import synod.crypto.Hash;

class JournalTest {
    private final MemoryDisk disk = new MemoryDisk();

    @Test
    void readsBackWhatWasAppended() {
        Journal journal = open(disk);
        Position first = journal.append(1, new byte[0]);
        Position second = journal.append(Journal.MAX_KIND, payload(1000, 7));

        assertThat(first).isEqualTo(journal.start()).isLessThan(second);
        assertThat(Seen.of(journal.read(first))).isEqualTo(Seen.of(1, new byte[0]));
        assertThat(Seen.of(journal.read(second))).isEqualTo(Seen.of(100, payload(1000, 7)));
        assertThat(journal.read(second).position()).isEqualTo(second);
    }

    @Test
    void writesTheBytesThatTheDocumentationSpecifies() {
        Journal journal = Journal.open(disk, Hash.ZERO, 0x0807_0605_0403_0201L, ONE_SEGMENT);
        journal.append(5, new byte[] {(byte) 0xaa, (byte) 0xbb});
        journal.sync();

        String header = "53594e4f444a4e4c" + "01000000" + "01000000" + "00".repeat(32) + "0102030405060708" + "00000000"
                + "44000000"
                + crc("53594e4f444a4e4c" + "01000000" + "01000000" + "00".repeat(32) + "0102030405060708" + "00000000"
                        + "44000000");
        String owner = "00".repeat(32);
        String record = "02000000" + "05" + crc(owner + "01000000" + "44000000" + "02000000" + "05" + "aabb") + "aabb";
        String mark = "08000000" + "7f" + crc(owner + "01000000" + "4f000000" + "08000000" + "7f" + "0102030405060708")
                + "0102030405060708";
        assertThat(HexFormat.of().formatHex(disk.read("0000000001.journal", 0, 1000)))
                .isEqualTo(header + record + mark);
    }

    @Test
    void nothingIsDurableBeforeTheSync() {
        Journal journal = open(disk);
        Position position = journal.append(1, payload(10, 1));

        assertThat(journal.durableEnd()).isEqualTo(position);
        assertThat(all(open(disk.crash(0)))).isEmpty();
    }

    @Test
    void oneSyncMakesEverythingBeforeItDurable() {
        Journal journal = open(disk);
        journal.append(1, payload(10, 1));
        Position second = journal.append(2, payload(20, 2));
        journal.sync();

        assertThat(journal.durableEnd()).isGreaterThan(second);
        assertThat(all(open(disk.crash(0)))).containsExactly(Seen.of(1, payload(10, 1)), Seen.of(2, payload(20, 2)));
    }

    @Test
    void aSyncWithNothingToSyncWritesNothing() {
        Journal journal = open(disk);
        journal.append(1, payload(10, 1));
        journal.sync();
        Position end = journal.end();
        journal.sync();

        assertThat(journal.end()).isEqualTo(end);
    }

    @Test
    void goesOnWhereItWasClosed() {
        try (Journal journal = open(disk)) {
            journal.append(1, payload(10, 1));
        }
        long size = disk.size("0000000001.journal");
        assertThat(disk.crash(0).size("0000000001.journal"))
                .as("also the last mark is synced")
                .isEqualTo(size);
        try (Journal journal = open(disk.crash(0))) {
            assertThat(journal.tornTail()).isEmpty();
            assertThat(journal.end().offset())
                    .as("a clean opening writes nothing")
                    .isEqualTo((int) size);
            journal.append(2, payload(10, 2));
            assertThat(all(journal)).containsExactly(Seen.of(1, payload(10, 1)), Seen.of(2, payload(10, 2)));
        }
    }

    @Test
    void beginsANewSegmentWhenTheCurrentOneIsFull() {
        Journal journal = openSmall(disk);
        List<Position> positions = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            positions.add(journal.append(1, payload(100, i)));
        }
        journal.sync();

        assertThat(disk.list()).hasSizeGreaterThan(10);
        assertThat(positions).isSorted().doesNotHaveDuplicates();
        assertThat(disk.list()).allSatisfy(name -> assertThat(disk.size(name)).isLessThan(400 + 2 * 17));
        Journal again = openSmall(disk.crash(0));
        for (int i = 0; i < 50; i++) {
            assertThat(Seen.of(again.read(positions.get(i)))).isEqualTo(Seen.of(1, payload(100, i)));
        }
        assertThat(all(again)).hasSize(50);
        assertThat(from(again, positions.get(30))).hasSize(20).startsWith(Seen.of(1, payload(100, 30)));
    }

    @Test
    void anythingAppendedBeforeANewSegmentIsDurable() {
        Journal journal = openSmall(disk);
        journal.append(1, payload(200, 1));
        Position second = journal.append(1, payload(200, 2));

        assertThat(second.segment()).isEqualTo(2);
        assertThat(journal.durableEnd()).isEqualTo(second);
        assertThat(all(openSmall(disk.crash(0)))).containsExactly(Seen.of(1, payload(200, 1)));
    }

    @Test
    void aRecordLongerThanASegmentGetsOneForItself() {
        Journal journal = Journal.open(disk, OWNER, SALT, new JournalLimits(200, 1000));
        journal.append(1, payload(1000, 1));
        journal.append(1, payload(10, 2));
        journal.append(1, payload(1000, 3));
        journal.append(1, payload(10, 4));
        journal.sync();

        assertThat(disk.list()).as("none is left empty").hasSize(4);
        assertThat(all(journal)).hasSize(4);
    }

    @Test
    void repeatsTheLiveSoftStateAtTheHeadOfANewSegment() {
        Journal journal = openSmall(disk);
        TreeMap<Integer, byte[]> pending = new TreeMap<>();
        journal.carryOver(() -> pending.values().stream()
                .map(payload -> new CarryOver.Entry(3, payload))
                .toList());
        for (int i = 0; i < 20; i++) {
            byte[] payload = payload(30, i);
            journal.append(3, payload);
            pending.put(i, payload);
            pending.remove(i - 2);
        }
        journal.sync();

        Journal again = openSmall(disk.crash(0));
        assertThat(again.lastSegmentStart().segment()).isGreaterThan(1);
        List<Seen> last = from(again, again.lastSegmentStart());
        assertThat(last.stream().filter(Seen::carriedOver)).hasSize(2);
        assertThat(last.stream().map(Seen::payload).distinct())
                .containsAll(pending.values().stream()
                        .map(payload -> Seen.of(3, payload).payload())
                        .toList());
        assertThat(all(again).stream().filter(seen -> !seen.carriedOver())).hasSize(20);
    }

    @Test
    void refusesACarryOverThatFillsASegment() {
        Journal journal = openSmall(disk);
        journal.carryOver(
                () -> List.of(new CarryOver.Entry(1, payload(300, 1)), new CarryOver.Entry(1, payload(300, 1))));
        journal.append(1, payload(300, 1));

        assertThatThrownBy(() -> journal.append(1, payload(300, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("carried over");
    }

    @Test
    void findsTheRecordsOfARandomHistoryAcrossCrashes() {
        Random random = new Random(11);
        MemoryDisk current = disk;
        List<Seen> durable = new ArrayList<>();
        for (int life = 0; life < 60; life++) {
            Journal journal = openSmall(current);
            List<Seen> recovered = all(journal);
            assertBeginsWith(recovered, durable);
            List<Seen> written = recovered;
            durable = new ArrayList<>(recovered);
            for (int i = random.nextInt(12); i > 0; i--) {
                byte[] payload = JournalFixture.random(random, random.nextInt(300));
                written.add(Seen.of(1, payload));
                int segment = journal.end().segment();
                if (journal.append(1, payload).segment() > segment) {
                    durable = new ArrayList<>(written.subList(0, written.size() - 1));
                }
                if (random.nextInt(4) == 0) {
                    journal.sync();
                    durable = new ArrayList<>(written);
                }
            }
            current = current.crash(MemoryDisk.Tear.random(random));
            List<Seen> after = all(openSmall(current.copy()));
            assertBeginsWith(written, after);
        }
    }

    @Test
    void whatWasFoundOnceIsDurable() {
        Journal journal = open(disk);
        journal.append(1, payload(10, 1));
        // the process was killed, the system keeps what it wrote
        MemoryDisk afterKill = disk.copy();
        assertThat(all(open(afterKill))).hasSize(1);

        // and then the machine loses power
        assertThat(all(open(afterKill.crash(0)))).hasSize(1);
    }

    @Test
    void refusesKindsAndLengthsThatItCannotHold() {
        Journal journal = openSmall(disk);

        assertThatThrownBy(() -> journal.append(0, payload(1, 1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> journal.append(101, payload(1, 1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> journal.append(1, payload(301, 1))).isInstanceOf(IllegalArgumentException.class);
        assertThat(all(journal)).isEmpty();
    }

    @Test
    void refusesPlacesWhereNoRecordCanStand() {
        Journal journal = openSmall(disk);
        Position first = journal.append(1, payload(200, 1));
        journal.sync();
        Position mark = new Position(1, first.offset() + 209);
        journal.append(1, payload(200, 1));

        for (Position wrong : List.of(journal.end(), new Position(1, 0), mark, new Position(9, 100))) {
            assertThatThrownBy(() -> journal.read(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> journal.scan(new Position(1, 5000), record -> true))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(from(journal, journal.end())).isEmpty();
    }

    @Test
    void aScanStopsWhenItsVisitorHasEnough() {
        Journal journal = open(disk);
        for (int i = 0; i < 5; i++) {
            journal.append(1, payload(10, i));
        }
        List<Position> seen = new ArrayList<>();
        journal.scan(journal.start(), record -> {
            seen.add(record.position());
            return seen.size() < 3;
        });

        assertThat(seen).hasSize(3);
    }

    @Test
    void readsWhatWasWrittenUnderOtherLimits() {
        try (Journal journal = open(disk)) {
            journal.append(1, payload(5000, 1));
        }

        assertThat(all(openSmall(disk))).containsExactly(Seen.of(1, payload(5000, 1)));
    }

    @Test
    void aClosedJournalIsNotUsed() {
        Journal journal = open(disk);
        journal.close();
        journal.close();

        assertThatThrownBy(() -> journal.append(1, payload(1, 1))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void positionsKeepTheirOrderWhenPacked() {
        Position low = new Position(1, Integer.MAX_VALUE);
        Position high = new Position(2, 0);

        assertThat(low).isLessThan(high);
        assertThat(low.toLong()).isLessThan(high.toLong());
        assertThat(Position.of(low.toLong())).isEqualTo(low);
    }

    private static String crc(String hex) {
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(HexFormat.of().parseHex(hex));
        return HexFormat.of().toHexDigits(Integer.reverseBytes((int) crc.getValue()));
    }
}
