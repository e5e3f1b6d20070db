package synod.chain.store;

/**
 * Sizes of a journal. They bind what is written; what an earlier run wrote under others is still read.
 *
 * @param segmentBytes a new segment is begun when a record would make the current one longer than this
 * @param maxRecordBytes longest payload that may be appended
 */
public record JournalLimits(int segmentBytes, int maxRecordBytes) {
    /** Segments of 64 MiB, records up to 32 MiB. */
    public static final JournalLimits DEFAULT = new JournalLimits(64 << 20, 32 << 20);

    /** Largest segment: twice its size still fits a {@link Position}. */
    private static final int MAX_SEGMENT_BYTES = 512 << 20;

    /** Checks the ranges. */
    public JournalLimits {
        if (segmentBytes < 2 * SegmentHeader.BYTES || segmentBytes > MAX_SEGMENT_BYTES) {
            throw new IllegalArgumentException("a journal segment cannot have " + segmentBytes + " bytes");
        }
        if (maxRecordBytes < 1 || maxRecordBytes > RecordFormat.MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("a journal record cannot have up to " + maxRecordBytes + " bytes");
        }
    }
}
