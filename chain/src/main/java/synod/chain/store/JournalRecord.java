package synod.chain.store;

/**
 * What was appended, as it was read back and checked.
 *
 * @param position where it stands
 * @param kind what the owner called it, 1 to {@value Journal#MAX_KIND}
 * @param carriedOver whether it repeats, at the head of a new segment, what was live then, rather than being new
 * @param payload its bytes, the caller's to keep
 */
public record JournalRecord(Position position, int kind, boolean carriedOver, byte[] payload) {}
