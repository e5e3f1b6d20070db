package synod.chain.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryKeyValueStoreTest extends KeyValueStoreContract {
    private static final byte[] A = {1};
    private static final byte[] B = {2};

    @Override
    protected KeyValueStore create() {
        return new MemoryKeyValueStore();
    }

    @Test
    void aCrashTakesBackTheLatestBatchesWholly() {
        try (MemoryKeyValueStore store = new MemoryKeyValueStore()) {
            store.write(new WriteBatch().put(A, A), true);
            store.write(new WriteBatch().put(A, B).put(B, B), false);
            store.write(new WriteBatch().delete(A), false);

            assertThat(store.unsyncedBatches()).isEqualTo(2);
            assertThat(store.crash(0).get(A)).contains(A);
            assertThat(store.crash(0).get(B)).isEmpty();
            assertThat(store.crash(1).get(A)).contains(B);
            assertThat(store.crash(1).get(B)).contains(B);
            assertThat(store.crash(2).get(A)).isEmpty();
            assertThat(store.get(A)).isEmpty();
        }
    }

    @Test
    void aSyncedBatchMakesTheOnesBeforeItDurable() {
        try (MemoryKeyValueStore store = new MemoryKeyValueStore()) {
            store.write(new WriteBatch().put(A, A), false);
            store.write(new WriteBatch().put(B, B), true);

            assertThat(store.crash(0).get(A)).contains(A);
            assertThat(store.crash(0).get(B)).contains(B);
        }
    }
}
