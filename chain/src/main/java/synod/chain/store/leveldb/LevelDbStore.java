package synod.chain.store.leveldb;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.ReadOptions;
import org.iq80.leveldb.WriteOptions;
import org.iq80.leveldb.fileenv.EnvImpl;
import org.iq80.leveldb.fileenv.MmapLimiter;
import org.iq80.leveldb.impl.DbImpl;
import org.iq80.leveldb.table.BloomFilterPolicy;
import org.jspecify.annotations.Nullable;
import synod.chain.store.Cursor;
import synod.chain.store.DiskException;
import synod.chain.store.KeyRange;
import synod.chain.store.KeyValueStore;
import synod.chain.store.Snapshot;
import synod.chain.store.WriteBatch;

/**
 * A {@link KeyValueStore} in a directory of LevelDB files.
 *
 * <p>Memory mapping is off, because the library unmaps full log files without syncing them, and the checksum of every
 * block is verified when it is read. Neither it nor the format notices a damaged record in the middle of a log file:
 * the batches in it are gone without a word. So an owner checks on opening that what is here agrees with the journal.
 *
 * <p>After a failed write every later call throws. Errors say how to go on; mostly by {@code synod node reindex}.
 */
public final class LevelDbStore implements KeyValueStore {
    private static final int BLOOM_BITS_PER_KEY = 10;
    private static final String DISCARDED = ".discarded";

    private final Path directory;
    private final LevelDbLimits limits;
    private final LevelDbFailure failures;
    private volatile DB db;
    private volatile boolean closed;
    private volatile @Nullable DiskException failure;

    private LevelDbStore(Path directory, LevelDbLimits limits) {
        this.directory = directory;
        this.limits = limits;
        failures = new LevelDbFailure(directory);
        db = openDatabase();
    }

    /**
     * Opens the store in a directory, or creates both.
     *
     * @throws DiskException if what is there is damaged or in use
     */
    public static LevelDbStore open(Path directory, LevelDbLimits limits) {
        deleteDiscarded(directory);
        return new LevelDbStore(directory, limits);
    }

    /** Deletes a store that is not open, however damaged, durably and at once: the first step of building it again. */
    public static void discard(Path directory) {
        deleteDiscarded(directory);
        if (!Files.exists(directory)) {
            return;
        }
        try {
            Files.move(directory, discarded(directory), StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel parent =
                    FileChannel.open(directory.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                parent.force(true);
            }
        } catch (IOException e) {
            throw new LevelDbFailure(directory).of("discard the index in", e);
        }
        deleteDiscarded(directory);
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        return read(() -> Optional.ofNullable(db.get(key, verified())));
    }

    @Override
    public Cursor scan(KeyRange range) {
        return cursor(verified(), range, false);
    }

    @Override
    public Cursor scanReverse(KeyRange range) {
        return cursor(verified(), range, true);
    }

    @Override
    public void write(WriteBatch batch, boolean synced) {
        requireUsable();
        try (org.iq80.leveldb.WriteBatch changes = db.createWriteBatch()) {
            for (WriteBatch.Change change : batch.changes()) {
                change.value()
                        .ifPresentOrElse(value -> changes.put(change.key(), value), () -> changes.delete(change.key()));
            }
            db.write(changes, new WriteOptions().sync(synced));
        } catch (RuntimeException | IOException e) {
            DiskException translated = failures.of(e);
            failure = translated;
            throw translated;
        }
    }

    @Override
    public Snapshot snapshot() {
        return read(() -> new LevelDbSnapshot(db.getSnapshot()));
    }

    @Override
    public void clear() {
        requireUsable();
        closeDatabase();
        closed = true;
        discard(directory);
        db = openDatabase();
        closed = false;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            closeDatabase();
        }
    }

    private DB openDatabase() {
        requireCurrentFile();
        Options options = new Options()
                .createIfMissing(true)
                .paranoidChecks(true)
                .compressionType(CompressionType.NONE)
                .filterPolicy(new BloomFilterPolicy(BLOOM_BITS_PER_KEY))
                .writeBufferSize(limits.writeBufferBytes())
                .cacheSize(limits.blockCacheBytes())
                .maxOpenFiles(limits.maxOpenFiles())
                // the library's own log file would grow without bound
                .logger(message -> {});
        try {
            return new DbImpl(options, directory.toString(), EnvImpl.createEnv(MmapLimiter.newLimiter(0)));
        } catch (IOException | RuntimeException e) {
            throw failures.of(e);
        }
    }

    /** Without the file named CURRENT the library would begin an empty database over an old one. */
    private void requireCurrentFile() {
        File[] files = directory.toFile().listFiles();
        List<String> names =
                files == null ? List.of() : Stream.of(files).map(File::getName).toList();
        if (!names.contains("CURRENT") && names.stream().anyMatch(name -> name.matches("[0-9]+\\.(ldb|sst)"))) {
            throw failures.damaged("its file CURRENT is missing", new IOException("no CURRENT"));
        }
    }

    private void closeDatabase() {
        try {
            db.close();
        } catch (IOException | RuntimeException e) {
            throw failures.of(e);
        }
    }

    private Cursor cursor(ReadOptions options, KeyRange range, boolean reverse) {
        return read(() -> new LevelDbCursor(db.iterator(options), range, reverse, this::translate));
    }

    private <T> T read(Supplier<T> reading) {
        requireUsable();
        try {
            return reading.get();
        } catch (RuntimeException e) {
            throw translate(e);
        }
    }

    private RuntimeException translate(RuntimeException thrown) {
        return closed ? new IllegalStateException("the store was closed during a read", thrown) : failures.of(thrown);
    }

    private void requireUsable() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
        DiskException earlier = failure;
        if (earlier != null) {
            throw new DiskException(earlier.kind(), earlier.getMessage(), earlier);
        }
    }

    private static ReadOptions verified() {
        return new ReadOptions().verifyChecksums(true);
    }

    private static Path discarded(Path directory) {
        return directory.resolveSibling(directory.getFileName() + DISCARDED);
    }

    private static void deleteDiscarded(Path directory) {
        Path discarded = discarded(directory);
        if (!Files.exists(discarded)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(discarded)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new LevelDbFailure(directory).of("delete the discarded files beside", e);
        }
    }

    private final class LevelDbSnapshot implements Snapshot {
        private final org.iq80.leveldb.Snapshot snapshot;

        LevelDbSnapshot(org.iq80.leveldb.Snapshot snapshot) {
            this.snapshot = snapshot;
        }

        @Override
        public Optional<byte[]> get(byte[] key) {
            return read(() -> Optional.ofNullable(db.get(key, options())));
        }

        @Override
        public Cursor scan(KeyRange range) {
            return cursor(options(), range, false);
        }

        @Override
        public Cursor scanReverse(KeyRange range) {
            return cursor(options(), range, true);
        }

        @Override
        public void close() {
            try {
                snapshot.close();
            } catch (IOException | RuntimeException e) {
                throw failures.of(e);
            }
        }

        private ReadOptions options() {
            return verified().snapshot(snapshot);
        }
    }
}
