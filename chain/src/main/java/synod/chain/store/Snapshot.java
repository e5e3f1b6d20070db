package synod.chain.store;

/** A {@link KeyValueStore} as it was at one moment. Must be closed, and not be used after the store is. */
public interface Snapshot extends KeyValueReader, AutoCloseable {
    @Override
    void close();
}
