package synod.chain.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import synod.crypto.Hash;

/**
 * The append-only truth of a node: records of small kinds in numbered segment files on a {@link Disk}, each with a
 * checksum. {@code docs/storage.md} specifies the bytes.
 *
 * <p><b>Durability.</b> {@link #append} only writes; {@link #sync} makes everything appended so far durable. Append
 * many and sync once. After a failed write or sync every later call throws, also reads: what the disk holds is not
 * known any more, and only a restart, which reads the files again, finds out.
 *
 * <p><b>A torn tail or damage?</b> After a crash the last segment may end in records that were never synced, with
 * sectors missing anywhere among them. Such a tail must be cut, and a damaged synced record must never be. So after
 * each sync the journal writes a <em>sync mark</em>: a record that says that everything before it is durable. On
 * opening, bad bytes with a mark anywhere after them are damage, as are bad bytes in what a segment was created with;
 * bad bytes without a mark after them are a torn tail, cut there and reported ({@link #tornTail}). The mark itself
 * becomes durable with the next sync, or when the system writes it back. Hence the one case that cannot be told
 * apart: power is lost before the mark of the very last sync reaches the disk, <em>and</em> a bit of that last batch
 * is damaged. It is cut and reported. Closing that gap would cost a second disk sync for every batch.
 *
 * <p>Whatever was found in the journal once is durable: opening syncs it before anything is read.
 *
 * <p>What the journal cannot know is that a synced end of the last segment is missing altogether; its owner compares
 * {@link #end} with what its index says.
 *
 * <p><b>Threads.</b> One thread appends, syncs and scans; any thread may {@link #read} at the same time.
 */
public final class Journal implements AutoCloseable {
    /** Highest kind that an owner may give a record; the lowest is 1. */
    public static final int MAX_KIND = 100;

    private static final int SCAN_WINDOW_BYTES = 256 << 10;
    private static final int READ_WINDOW_BYTES = 4 << 10;

    private final Disk disk;
    private final Hash owner;
    private final JournalLimits limits;
    private final long newSalt;
    private final @Nullable TornTail tornTail;

    private CarryOver carryOver = List::of;
    private SegmentHeader current;
    private boolean unsynced;
    private volatile boolean closed;
    private volatile Position end;
    private volatile Position durableEnd;
    private volatile @Nullable DiskException failure;

    /** What a scan shows each record to. */
    @FunctionalInterface
    public interface Visitor {
        /** Takes a record, and says whether it wants the next one. */
        boolean visit(JournalRecord record);
    }

    private Journal(Disk disk, Hash owner, long newSalt, JournalLimits limits, JournalRecovery.Found found) {
        this.disk = disk;
        this.owner = owner;
        this.newSalt = newSalt;
        this.limits = limits;
        tornTail = found.tornTail();
        current = found.last();
        end = found.end();
        durableEnd = end;
    }

    /**
     * Opens the journal on a disk, or begins one if the disk holds none. Checks the headers and lengths of all
     * segments and every record of the last one; records of the others are checked when they are read or scanned.
     *
     * @param owner whose journal it is: a digest that sets it apart from others, such as the chain's id
     * @param salt goes into the sync marks of new segments. Nobody else should be able to guess it, lest he forge marks
     *     inside the payloads that he has this node store; a node draws it at random
     * @throws JournalDamagedException if a synced record, a header or a whole segment is damaged or missing
     * @throws DiskException if the journal is of another owner or format, or the disk fails
     */
    public static Journal open(Disk disk, Hash owner, long salt, JournalLimits limits) {
        JournalRecovery.Found found = new JournalRecovery(disk, owner, salt, SCAN_WINDOW_BYTES).run();
        Journal journal = new Journal(disk, owner, salt, limits, found);
        if (!found.marked()) {
            journal.guarded(journal::writeSyncMark);
        }
        return journal;
    }

    /** Names who supplies what is repeated at the head of each new segment; nobody does at first. */
    public void carryOver(CarryOver source) {
        carryOver = source;
    }

    /**
     * Writes a record at the end. It is durable only after {@link #sync}.
     *
     * @param kind 1 to {@value #MAX_KIND}
     * @return where it stands
     * @throws IllegalArgumentException if the kind is another or the payload is longer than the limit
     */
    public Position append(int kind, byte[] payload) {
        requireUsable();
        requireWritable(kind, payload);
        long newLength = (long) end.offset() + RecordFormat.HEADER_BYTES + payload.length;
        if (newLength > limits.segmentBytes() && end.offset() > current.bornLength()) {
            List<CarryOver.Entry> entries = carryOver.entries();
            entries.forEach(entry -> requireWritable(entry.kind(), entry.payload()));
            guarded(() -> roll(entries));
        }
        Position position = end;
        guarded(() -> {
            unsynced = true;
            write(kind, payload);
        });
        return position;
    }

    /** Makes everything appended so far durable. */
    public void sync() {
        requireUsable();
        if (unsynced) {
            guarded(() -> {
                syncCurrent();
                writeSyncMark();
            });
        }
    }

    /** Everything before this place is durable. */
    public Position durableEnd() {
        return durableEnd;
    }

    /** Where a journal begins. */
    public Position start() {
        return new Position(1, SegmentHeader.BYTES);
    }

    /** Where the last segment begins: from here a scan meets all the carried-over records and what came after them. */
    public Position lastSegmentStart() {
        return new Position(end.segment(), SegmentHeader.BYTES);
    }

    /** The place after everything written; the next record stands there or at a later one. */
    public Position end() {
        return end;
    }

    /** What was cut off when this journal was opened, for the log. */
    public Optional<TornTail> tornTail() {
        return Optional.ofNullable(tornTail);
    }

    /**
     * Reads one record and checks it. Any thread.
     *
     * @param position as {@link #append} or a scan gave it
     * @throws IllegalArgumentException if it is past the end or inside a header
     * @throws JournalDamagedException if no sound record stands there
     */
    public JournalRecord read(Position position) {
        requireUsable();
        Position last = end;
        requireInside(position, last);
        Frame.Whole frame = frameAt(reader(position.segment(), last, READ_WINDOW_BYTES), position);
        if (frame.isSyncMark()) {
            throw new IllegalArgumentException("no record of the owner stands at " + position);
        }
        return frame.toRecord(position);
    }

    /**
     * Shows every record from a place on, in order, each checked.
     *
     * @param from where a record stands, or the start or end of a segment
     * @throws IllegalArgumentException if the place is past the end or inside a header
     * @throws JournalDamagedException at the first record that is not sound
     */
    public void scan(Position from, Visitor visitor) {
        requireUsable();
        Position last = end;
        if (!from.equals(last)) {
            requireInside(from, last);
        }
        Position here = from;
        while (here.segment() <= last.segment()) {
            SegmentReader reader = reader(here.segment(), last, SCAN_WINDOW_BYTES);
            if (here.offset() > reader.end()) {
                throw new IllegalArgumentException("there is no " + here + ": the segment ends at " + reader.end());
            }
            while (here.offset() < reader.end()) {
                Frame.Whole frame = frameAt(reader, here);
                if (!frame.isSyncMark() && !visitor.visit(frame.toRecord(here))) {
                    return;
                }
                here = new Position(here.segment(), frame.next());
            }
            here = new Position(here.segment() + 1, SegmentHeader.BYTES);
        }
    }

    /** Syncs what is left, unless the journal failed before. The disk stays open; it is the owner's. */
    @Override
    public void close() {
        if (failure == null && !closed) {
            sync();
            guarded(this::syncCurrent);
        }
        closed = true;
    }

    /**
     * Begins the next segment. The one before is synced first, without a mark behind it: the new header states its
     * length, and so must not count bytes that are not durable.
     */
    private void roll(List<CarryOver.Entry> entries) {
        syncCurrent();
        int number = Math.addExact(end.segment(), 1);
        RecordFormat format = new RecordFormat(owner, number);
        List<byte[]> parts = new ArrayList<>();
        int offset = SegmentHeader.BYTES;
        for (CarryOver.Entry entry : entries) {
            parts.add(format.header(offset, entry.kind() | RecordFormat.CARRIED_OVER, entry.payload()));
            parts.add(entry.payload());
            offset = Math.addExact(offset, RecordFormat.HEADER_BYTES + entry.payload().length);
        }
        if (offset > limits.segmentBytes()) {
            throw new IllegalStateException("the records carried over have " + offset
                    + " bytes, more than a segment of " + limits.segmentBytes());
        }
        SegmentHeader header = new SegmentHeader(number, owner, newSalt, end.offset(), offset);
        parts.addFirst(header.bytes());
        disk.create(SegmentHeader.fileName(number), parts.toArray(byte[][]::new));
        current = header;
        end = new Position(number, offset);
        durableEnd = end;
    }

    private void syncCurrent() {
        Position written = end;
        disk.sync(SegmentHeader.fileName(written.segment()));
        durableEnd = written;
        unsynced = false;
    }

    private void writeSyncMark() {
        write(RecordFormat.SYNC_MARK, RecordFormat.syncMarkPayload(current.salt()));
    }

    private void write(int storedKind, byte[] payload) {
        Position at = end;
        byte[] header = new RecordFormat(owner, at.segment()).header(at.offset(), storedKind, payload);
        disk.append(SegmentHeader.fileName(at.segment()), header, payload);
        end = at.plus(RecordFormat.HEADER_BYTES + payload.length);
    }

    private SegmentReader reader(int segment, Position last, int windowBytes) {
        String file = SegmentHeader.fileName(segment);
        // the lengths of earlier segments were checked against the headers of the next ones
        int segmentEnd = segment == last.segment() ? last.offset() : Math.toIntExact(disk.size(file));
        return new SegmentReader(disk, file, new RecordFormat(owner, segment), segmentEnd, windowBytes);
    }

    private static Frame.Whole frameAt(SegmentReader reader, Position position) {
        return switch (reader.frame(position.offset())) {
            case Frame.Whole whole -> whole;
            case Frame.Bad bad -> throw new JournalDamagedException(reader.file(), position.offset(), bad.reason());
        };
    }

    private void requireWritable(int kind, byte[] payload) {
        if (kind < 1 || kind > MAX_KIND) {
            throw new IllegalArgumentException("a record's kind is 1 to " + MAX_KIND + ", not " + kind);
        }
        if (payload.length > limits.maxRecordBytes()) {
            throw new IllegalArgumentException(
                    "a record has at most " + limits.maxRecordBytes() + " bytes, not " + payload.length);
        }
    }

    private static void requireInside(Position position, Position end) {
        if (position.compareTo(end) >= 0 || position.offset() < SegmentHeader.BYTES) {
            throw new IllegalArgumentException("no record can stand at " + position + " of a journal up to " + end);
        }
    }

    private void requireUsable() {
        if (closed) {
            throw new IllegalStateException("the journal is closed");
        }
        DiskException earlier = failure;
        if (earlier != null) {
            throw new DiskException(
                    earlier.kind(),
                    "The journal is not used any more since it failed: " + earlier.getMessage()
                            + " Start the node again; it continues from what is on the disk.",
                    earlier);
        }
    }

    /** Does something to the disk after which, should it fail, nobody knows what is on it. */
    private void guarded(Runnable change) {
        try {
            change.run();
        } catch (DiskException e) {
            failure = e;
            throw e;
        }
    }
}
