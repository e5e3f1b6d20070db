package synod.chain.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import synod.crypto.Hash;
import synod.crypto.Sha256;

/** What the journal's tests share: an owner, small segments, and comparable records. */
final class JournalFixture {
    static final Hash OWNER = Sha256.hash(new byte[] {1});
    static final long SALT = 0x0123_4567_89ab_cdefL;
    static final JournalLimits SMALL = new JournalLimits(400, 300);
    static final JournalLimits ONE_SEGMENT = new JournalLimits(1 << 20, 1 << 16);

    private JournalFixture() {}

    static Journal open(Disk disk) {
        return Journal.open(disk, OWNER, SALT, ONE_SEGMENT);
    }

    static Journal openSmall(Disk disk) {
        return Journal.open(disk, OWNER, SALT, SMALL);
    }

    /** A record in a form that has equality. */
    record Seen(int kind, boolean carriedOver, List<Byte> payload) {
        static Seen of(int kind, byte[] payload) {
            return new Seen(kind, false, bytes(payload));
        }

        static Seen of(JournalRecord record) {
            return new Seen(record.kind(), record.carriedOver(), bytes(record.payload()));
        }
    }

    static List<Seen> all(Journal journal) {
        return from(journal, journal.start());
    }

    static List<Seen> from(Journal journal, Position position) {
        List<Seen> seen = new ArrayList<>();
        journal.scan(position, record -> seen.add(Seen.of(record)));
        return seen;
    }

    static byte[] payload(int length, int fill) {
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) fill);
        return payload;
    }

    static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    static String file(int segment) {
        return SegmentHeader.fileName(segment);
    }

    /** AssertJ's startsWith refuses an empty beginning. */
    static void assertBeginsWith(List<Seen> all, List<Seen> beginning) {
        assertThat(all).hasSizeGreaterThanOrEqualTo(beginning.size());
        assertThat(all.subList(0, beginning.size())).isEqualTo(beginning);
    }

    private static List<Byte> bytes(byte[] payload) {
        List<Byte> bytes = new ArrayList<>();
        for (byte b : payload) {
            bytes.add(b);
        }
        return bytes;
    }
}
