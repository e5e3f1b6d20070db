package synod.chain.store;

/** What {@link SegmentReader} finds at an offset. */
sealed interface Frame {
    /**
     * A record whose checksum is right.
     *
     * @param next offset of the byte after it
     */
    record Whole(int storedKind, byte[] payload, int next) implements Frame {
        boolean isSyncMark() {
            return storedKind == RecordFormat.SYNC_MARK;
        }

        JournalRecord toRecord(Position position) {
            boolean carriedOver = (storedKind & RecordFormat.CARRIED_OVER) != 0;
            return new JournalRecord(position, storedKind & ~RecordFormat.CARRIED_OVER, carriedOver, payload);
        }
    }

    /** Anything else; the reason completes a sentence. */
    record Bad(String reason) implements Frame {}
}
