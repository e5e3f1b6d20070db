package synod.chain;

/**
 * Proof, by its type, that every signature in the value was checked. Only the checking code makes one; the replica and
 * the mempool take nothing else.
 */
public record Verified<T>(T value) {}
