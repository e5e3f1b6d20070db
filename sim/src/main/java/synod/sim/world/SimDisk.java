package synod.sim.world;

import java.util.List;
import java.util.Random;
import synod.chain.store.MemoryDisk;
import synod.chain.store.MemoryKeyValueStore;

/** What survives a node's crashes: the journal's disk and the key-value store. */
public final class SimDisk {
    private MemoryDisk files = new MemoryDisk();
    private MemoryKeyValueStore store = new MemoryKeyValueStore();
    private boolean failing;

    MemoryDisk files() {
        return files;
    }

    MemoryKeyValueStore store() {
        return store;
    }

    /** The process ends; the operating system writes everything in its own time. Faults that were set are mended. */
    void processEnds() {
        files = files.crash(Integer.MAX_VALUE);
        failing = false;
    }

    /** Power is lost: this is left of what was not synced. */
    void losePower(MemoryDisk.Tear tear, Random random) {
        files = files.crash(tear);
        failing = false;
        store = store.crash(random.nextInt(store.unsyncedBatches() + 1));
    }

    /** Everything is lost. */
    void lose() {
        files = new MemoryDisk();
        failing = false;
        store = new MemoryKeyValueStore();
    }

    /** Takes back synced bytes at the end of the journal, and the index, which is made again from it. */
    public void loseSuffix(Random random) {
        List<String> names = files.list();
        if (!names.isEmpty()) {
            String last = names.getLast();
            files.truncate(last, random.nextLong(files.size(last) + 1));
            files.sync(last);
            store = new MemoryKeyValueStore();
        }
    }

    /** Turns over a bit of the journal. */
    public void flipBit(Random random) {
        List<String> names = files.list();
        if (!names.isEmpty()) {
            String name = names.get(random.nextInt(names.size()));
            files.flipBit(name, random.nextLong(files.size(name) * Byte.SIZE));
            store = new MemoryKeyValueStore();
        }
    }

    /** From now on there is room for so many more bytes. */
    public void fill(long room) {
        files.limitTo(files.list().stream().mapToLong(files::size).sum() + room);
        failing = true;
    }

    /** From now on no sync succeeds. */
    public void failSyncs() {
        files.failSyncs(true);
        failing = true;
    }

    /** Whether it is going to refuse what the process writes. */
    boolean isFailing() {
        return failing;
    }
}
