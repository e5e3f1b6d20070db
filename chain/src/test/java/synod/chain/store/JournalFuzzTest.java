package synod.chain.store;

import static org.assertj.core.api.Assertions.assertThat;
import static synod.chain.store.JournalFixture.OWNER;
import static synod.chain.store.JournalFixture.SALT;
import static synod.chain.store.JournalFixture.all;
import static synod.chain.store.JournalFixture.assertBeginsWith;
import static synod.chain.store.JournalFixture.file;
import static synod.chain.store.JournalFixture.open;
import static synod.chain.store.JournalFixture.openSmall;
import static synod.chain.store.JournalFixture.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import synod.chain.store.JournalFixture.Seen;

/** Arbitrary bytes in the journal's files: opened or refused with a {@link DiskException}, never anything else. */
class JournalFuzzTest {
    @Test
    void randomFilesAreRefused() {
        Random random = new Random(21);
        for (int round = 0; round < 2000; round++) {
            MemoryDisk disk = new MemoryDisk();
            for (int segment = 1 + random.nextInt(2); segment > 0; segment--) {
                disk.create(file(segment), random(random, random.nextInt(300)));
            }
            assertThat(openedOrRefused(disk)).isFalse();
        }
    }

    @Test
    void randomBytesAfterASoundHeaderAreATornTail() {
        Random random = new Random(22);
        byte[] header = new SegmentHeader(1, OWNER, SALT, 0, SegmentHeader.BYTES).bytes();
        for (int round = 0; round < 2000; round++) {
            MemoryDisk disk = new MemoryDisk();
            byte[] bytes = random(random, random.nextInt(600));
            for (int i = 0; i + 4 < bytes.length && random.nextBoolean(); i += 1 + random.nextInt(60)) {
                bytes[i + 1] = bytes[i + 2] = bytes[i + 3] = 0;
            }
            disk.create(file(1), header, bytes);
            assertThat(all(open(disk))).isEmpty();
        }
    }

    @Test
    void anySplicedJournalIsRefusedOrGivesRecordsThatWereWritten() {
        Random random = new Random(23);
        int opened = 0;
        int refused = 0;
        for (int round = 0; round < 3000; round++) {
            MemoryDisk disk = new MemoryDisk();
            Journal journal = openSmall(disk);
            List<Seen> written = new ArrayList<>();
            for (int i = random.nextInt(10); i >= 0; i--) {
                byte[] payload = random(random, random.nextInt(120));
                written.add(Seen.of(1, payload));
                journal.append(1, payload);
                if (random.nextInt(3) == 0) {
                    journal.sync();
                }
            }
            splice(disk, random);
            if (openedOrRefused(disk)) {
                opened++;
                List<Seen> found = all(openSmall(disk));
                assertBeginsWith(written, found);
            } else {
                refused++;
            }
        }
        assertThat(opened).isGreaterThan(100);
        assertThat(refused).isGreaterThan(100);
    }

    @Test
    void anEnormousLengthTakesNoMemory() {
        byte[] header = new SegmentHeader(1, OWNER, SALT, 0, SegmentHeader.BYTES).bytes();
        for (int length : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 64 << 20, (64 << 20) + 1}) {
            MemoryDisk disk = new MemoryDisk();
            byte[] record = java.nio.ByteBuffer.allocate(40)
                    .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                    .putInt(length)
                    .put((byte) 1)
                    .array();
            disk.create(file(1), header, record);
            assertThat(all(open(disk))).isEmpty();
        }
    }

    private static void splice(MemoryDisk disk, Random random) {
        String name = disk.list().get(random.nextInt(disk.list().size()));
        int size = (int) disk.size(name);
        int from = random.nextInt(size);
        byte[] tail = disk.read(name, Math.min(size, from + random.nextInt(40)), size);
        disk.truncate(name, from);
        byte[] inserted = random.nextBoolean() ? random(random, random.nextInt(40)) : new byte[random.nextInt(600)];
        disk.append(name, inserted, random.nextInt(3) == 0 ? new byte[0] : tail);
    }

    private static boolean openedOrRefused(MemoryDisk disk) {
        try {
            all(openSmall(disk));
            return true;
        } catch (DiskException e) {
            assertThat(e.kind()).isEqualTo(DiskException.Kind.DAMAGED);
            return false;
        }
    }
}
