package synod.chain.store;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import synod.crypto.Hash;

/**
 * Finds out on opening what a journal's files hold: checks that they are complete, cuts a torn tail off the last one,
 * and makes what is left durable.
 */
final class JournalRecovery {
    private final Disk disk;
    private final Hash owner;
    private final long newSalt;
    private final int windowBytes;

    /**
     * What was found, durable by now.
     *
     * @param last header of the last segment
     * @param end where its last sound record ends
     * @param marked whether the files themselves prove that everything up to the end is durable
     * @param tornTail what was cut off
     */
    record Found(
            SegmentHeader last,
            Position end,
            boolean marked,
            @Nullable TornTail tornTail) {}

    JournalRecovery(Disk disk, Hash owner, long newSalt, int windowBytes) {
        this.disk = disk;
        this.owner = owner;
        this.newSalt = newSalt;
        this.windowBytes = windowBytes;
    }

    Found run() {
        List<Integer> numbers = segmentNumbers();
        if (numbers.isEmpty()) {
            SegmentHeader first = new SegmentHeader(1, owner, newSalt, 0, SegmentHeader.BYTES);
            disk.create(SegmentHeader.fileName(1), first.bytes());
            return new Found(first, new Position(1, SegmentHeader.BYTES), true, null);
        }
        return recoverLast(checkSegments(numbers));
    }

    private List<Integer> segmentNumbers() {
        List<Integer> numbers = new ArrayList<>();
        for (String name : disk.list()) {
            int number = SegmentHeader.numberOf(name);
            if (number > 0) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    /** Checks that no segment is missing and that each is as long as the next one's header says. */
    private SegmentHeader checkSegments(List<Integer> numbers) {
        SegmentHeader header = null;
        for (int i = 0; i < numbers.size(); i++) {
            int number = i + 1;
            if (numbers.get(i) != number) {
                throw new JournalDamagedException(
                        SegmentHeader.fileName(number), 0, "it is missing, and there are later ones");
            }
            header = SegmentHeader.read(disk, number, owner);
            if (number == 1 && header.previousLength() != 0) {
                throw new JournalDamagedException(SegmentHeader.fileName(1), 0, "it claims not to be the first");
            }
            if (number > 1) {
                checkLength(number - 1, header.previousLength());
            }
        }
        if (header == null) {
            throw new IllegalStateException("a journal without segments has no last one");
        }
        return header;
    }

    private void checkLength(int number, int expected) {
        String file = SegmentHeader.fileName(number);
        long size = disk.size(file);
        if (size != expected) {
            throw new JournalDamagedException(
                    file, Math.min(size, expected), "it has " + size + " bytes and should have " + expected);
        }
    }

    private Found recoverLast(SegmentHeader header) {
        String file = SegmentHeader.fileName(header.number());
        long size = disk.size(file);
        if (size < header.bornLength()) {
            throw new JournalDamagedException(
                    file, size, "it was created with " + header.bornLength() + " bytes and is shorter");
        }
        if (size > Integer.MAX_VALUE) {
            throw new JournalDamagedException(file, Integer.MAX_VALUE, "no segment is that long");
        }
        RecordFormat format = new RecordFormat(owner, header.number());
        SegmentReader reader = new SegmentReader(disk, file, format, (int) size, windowBytes);
        int offset = SegmentHeader.BYTES;
        boolean marked = size == header.bornLength();
        TornTail tornTail = null;
        while (offset < size && tornTail == null) {
            switch (reader.frame(offset)) {
                case Frame.Whole whole -> {
                    marked = whole.isSyncMark() || whole.next() == header.bornLength();
                    offset = whole.next();
                }
                case Frame.Bad bad -> {
                    requireUnsynced(reader, offset, header, bad.reason());
                    tornTail = new TornTail(file, offset, (int) size - offset, bad.reason());
                    disk.truncate(file, offset);
                }
            }
        }
        disk.sync(file);
        return new Found(header, new Position(header.number(), offset), marked, tornTail);
    }

    private static void requireUnsynced(SegmentReader reader, int offset, SegmentHeader header, String reason) {
        if (offset < header.bornLength()) {
            throw new JournalDamagedException(reader.file(), offset, reason + ", in what the file was created with");
        }
        OptionalInt mark = reader.findSyncMark(offset, header.salt());
        if (mark.isPresent()) {
            throw new JournalDamagedException(
                    reader.file(), offset, reason + ", and byte " + mark.getAsInt() + " confirms that it was synced");
        }
    }
}
