package synod.chain.store.leveldb;

/**
 * Memory and file handles that one store may use.
 *
 * @param writeBufferBytes unsorted entries held in memory, up to twice: one buffer fills while the other is written
 * @param blockCacheBytes table blocks held in memory
 * @param maxOpenFiles table files held open, each with its index in memory; the library raises it to 74 at least
 */
public record LevelDbLimits(int writeBufferBytes, int blockCacheBytes, int maxOpenFiles) {
    /** 4 MiB to write, 8 MiB to read, 256 files: several nodes share a small machine. */
    public static final LevelDbLimits DEFAULT = new LevelDbLimits(4 << 20, 8 << 20, 256);
}
