package synod.node.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import synod.crypto.Hash;

/**
 * The directory in which one node keeps everything: locked while it is open, and refused if it is another chain's,
 * another format's, or not a node's at all.
 */
public final class DataDirectory implements AutoCloseable {
    /** What an opening that was cut short can leave behind. */
    private static final Set<String> UNFINISHED =
            new TreeSet<>(List.of(DirectoryLock.NAME, VersionFile.NAME + Directories.TEMPORARY_SUFFIX));

    private final Path root;
    private final DirectoryLock lock;

    private DataDirectory(Path root, DirectoryLock lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Opens a node's data directory and locks it. Creates it, with access for its owner alone, where there is none
     * yet or it is empty.
     *
     * @param chain the chain that the node is on: the id of the genesis block
     * @throws DataDirectoryException if the directory is in use, of another chain or format, not a node's, or cannot
     *     be used; the message says what to do
     */
    public static DataDirectory open(Path root, Hash chain) {
        try {
            return openOrCreate(root.toAbsolutePath().normalize(), chain);
        } catch (IOException e) {
            throw new DataDirectoryException(
                    "The data directory " + root + " cannot be used: " + reason(e)
                            + ". Check its permissions and the free space, or use another 'dataDir' in the config file.",
                    e);
        }
    }

    private static DataDirectory openOrCreate(Path root, Hash chain) throws IOException {
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new DataDirectoryException(
                    root + " is a file, not a data directory. Use another 'dataDir' in the config file.");
        }
        Directories.createPrivate(root);
        requireOwnOrEmpty(root);
        DirectoryLock lock = DirectoryLock.acquire(root);
        boolean opened = false;
        try {
            requireChain(root, chain);
            opened = true;
            return new DataDirectory(root, lock);
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    private static void requireOwnOrEmpty(Path root) throws IOException {
        if (Files.exists(root.resolve(VersionFile.NAME))) {
            return;
        }
        try (Stream<Path> entries = Files.list(root)) {
            if (entries.anyMatch(
                    entry -> !UNFINISHED.contains(entry.getFileName().toString()))) {
                throw new DataDirectoryException(
                        "The directory " + root
                                + " holds files, but is not a Synod data directory. Use another 'dataDir' in the config file, or an empty one.");
            }
        }
    }

    private static void requireChain(Path root, Hash chain) throws IOException {
        if (!Files.exists(root.resolve(VersionFile.NAME))) {
            new VersionFile(VersionFile.CURRENT_FORMAT, chain).write(root);
            return;
        }
        Hash found = VersionFile.read(root).chain();
        if (!found.equals(chain)) {
            throw new DataDirectoryException("The data directory " + root + " belongs to chain " + found
                    + ", and the genesis file describes chain " + chain
                    + ". Use the genesis file it was made with, or another 'dataDir' in the config file.");
        }
    }

    /** The directory itself, absolute. */
    public Path root() {
        return root;
    }

    /** The directory of the journal's segments. */
    public Path journal() {
        return root.resolve("journal");
    }

    /** The directory of the index. */
    public Path index() {
        return root.resolve("index");
    }

    /** The directory of the accounts of miners who work for this node. */
    public Path pool() {
        return root.resolve("pool");
    }

    /** The file of the peers known. */
    public Path peers() {
        return root.resolve("peers");
    }

    /** The file of the token for administrators' calls. */
    public Path cookie() {
        return root.resolve("cookie");
    }

    /** Lets others use the directory. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new DataDirectoryException("The lock of " + root + " could not be released: " + reason(e) + ".", e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        String message = e instanceof FileSystemException detailed && detailed.getReason() != null
                ? detailed.getReason()
                : e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
