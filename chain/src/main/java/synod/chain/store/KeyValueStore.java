package synod.chain.store;

/**
 * Indexes and state: keys in the order of their unsigned bytes, with values. Nothing in it is the only copy; whatever
 * is lost or damaged here is made again from the {@link Journal}.
 *
 * <p>Methods throw {@link DiskException} when the storage fails and {@link IllegalStateException} once the store is
 * closed. One thread writes; any thread may read at the same time.
 */
public interface KeyValueStore extends KeyValueReader, AutoCloseable {
    /**
     * Makes all changes of a batch at once. A crash may take back the latest batches, each wholly and none but the
     * latest, back to the last one that was synced.
     *
     * @param synced whether this batch and all before it are durable when this returns
     */
    void write(WriteBatch batch, boolean synced);

    /** The contents at this moment. */
    Snapshot snapshot();

    /**
     * Deletes everything, durably and at once: after a crash either all is there or nothing. Cursors and snapshots
     * that are open may not be used afterwards.
     */
    void clear();

    /** Releases what it holds; what was written stays. */
    @Override
    void close();
}
