package synod.chain.store;

import java.util.Arrays;
import java.util.OptionalInt;

/** Reads the records of one segment through a window that slides over its file. */
final class SegmentReader {
    private final Disk disk;
    private final String file;
    private final RecordFormat format;
    private final int end;
    private final int windowBytes;
    private byte[] window = new byte[0];
    private int windowStart;

    /**
     * Reads up to an end and never past it.
     *
     * @param windowBytes how much to read at once; a longer record is read whole
     */
    SegmentReader(Disk disk, String file, RecordFormat format, int end, int windowBytes) {
        this.disk = disk;
        this.file = file;
        this.format = format;
        this.end = end;
        this.windowBytes = windowBytes;
    }

    String file() {
        return file;
    }

    int end() {
        return end;
    }

    /** What stands at an offset before the end. */
    Frame frame(int offset) {
        if (end - offset < RecordFormat.HEADER_BYTES) {
            return new Frame.Bad("a record's header is incomplete");
        }
        int at = require(offset, RecordFormat.HEADER_BYTES);
        int length = RecordFormat.length(window, at);
        int storedKind = RecordFormat.storedKind(window, at);
        if (length < 0 || length > RecordFormat.MAX_PAYLOAD_BYTES) {
            return new Frame.Bad("a record has an impossible length");
        }
        if (!RecordFormat.isKind(storedKind)) {
            return new Frame.Bad("a record has an impossible kind");
        }
        if (length > end - offset - RecordFormat.HEADER_BYTES) {
            return new Frame.Bad("a record reaches past the end of the file");
        }
        at = require(offset, RecordFormat.HEADER_BYTES + length);
        int from = at + RecordFormat.HEADER_BYTES;
        if (RecordFormat.checksum(window, at) != format.checksum(offset, storedKind, window, from, length)) {
            return new Frame.Bad("a record's checksum is wrong");
        }
        byte[] payload = Arrays.copyOfRange(window, from, from + length);
        return new Frame.Whole(storedKind, payload, offset + RecordFormat.HEADER_BYTES + length);
    }

    /** The first sync mark at or after an offset, whatever the bytes before it are. */
    OptionalInt findSyncMark(int offset, long salt) {
        int markBytes = RecordFormat.HEADER_BYTES + RecordFormat.SYNC_MARK_PAYLOAD_BYTES;
        for (int here = offset; here <= end - markBytes; here++) {
            int at = require(here, markBytes);
            if (format.isSyncMark(window, at, here, salt)) {
                return OptionalInt.of(here);
            }
        }
        return OptionalInt.empty();
    }

    /** Slides the window so that it holds these bytes, and gives the index of the first in it. */
    private int require(int offset, int length) {
        if (offset < windowStart || offset + length > windowStart + window.length) {
            window = disk.read(file, offset, Math.min(Math.max(length, windowBytes), end - offset));
            windowStart = offset;
            if (window.length < length) {
                throw new JournalDamagedException(file, offset + (long) window.length, "the file became shorter");
            }
        }
        return offset - windowStart;
    }
}
