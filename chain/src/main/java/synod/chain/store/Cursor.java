package synod.chain.store;

/**
 * Walks over the entries of a scan as they were when it began. Stands before the first entry at first. Must be closed;
 * one thread.
 */
public interface Cursor extends AutoCloseable {
    /** Goes to the next entry, and says whether there is one. */
    boolean next();

    /**
     * The key where it stands; the caller's to keep.
     *
     * @throws IllegalStateException if it stands nowhere
     */
    byte[] key();

    /**
     * The value where it stands; the caller's to keep.
     *
     * @throws IllegalStateException if it stands nowhere
     */
    byte[] value();

    @Override
    void close();
}
