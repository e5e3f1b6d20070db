package synod.testnet.network;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** One command at a time changes a network. The operating system frees the lock when its holder dies. */
final class DirectoryLock implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long POLL_MILLIS = 50;

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock of the directory, which is made if need be, and waits for another command that holds it.
     *
     * @param notice hears once that there is something to wait for
     */
    static DirectoryLock take(TestnetDirectory directory, Consumer<String> notice) {
        Deadline deadline = Deadline.in(PATIENCE);
        boolean noticed = false;
        try {
            while (true) {
                Optional<DirectoryLock> lock = attempt(directory);
                if (lock.isPresent()) {
                    return lock.get();
                }
                if (!noticed) {
                    notice.accept("Another synod testnet command works on " + directory + "; waiting for it.");
                    noticed = true;
                }
                if (deadline.passed()) {
                    throw TestnetException.failure("Another synod testnet command has been working on " + directory
                            + " for " + PATIENCE.toSeconds() + " s. End it, or name another directory with --dir.");
                }
                Deadline.pause(POLL_MILLIS);
            }
        } catch (IOException e) {
            throw TestnetDirectory.unusable(directory.lock(), e);
        }
    }

    private static void makeLockFile(TestnetDirectory directory) throws IOException {
        try {
            Files.createDirectories(directory.root());
        } catch (NoSuchFileException e) {
            throw new FileSystemException(e.getFile(), null, "no directory can be made there");
        }
        try {
            Files.createFile(directory.lock());
        } catch (FileAlreadyExistsException e) {
            // as it should after the first command
        }
    }

    /**
     * A reset may delete the file between the opening and the locking, and the lock of a deleted file guards nothing; so
     * the path must name the same file before and after. That is asked without opening the file again: under POSIX, to
     * close any of a process's descriptors of a file gives up its locks on it.
     */
    private static Optional<DirectoryLock> attempt(TestnetDirectory directory) throws IOException {
        Path file = directory.lock();
        try {
            makeLockFile(directory);
            Object before = identity(file);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            if (isLocked(channel) && before.equals(identity(file))) {
                return Optional.of(new DirectoryLock(channel));
            }
            channel.close();
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Object identity(Path file) throws IOException {
        return Objects.requireNonNull(
                Files.readAttributes(file, BasicFileAttributes.class).fileKey(),
                "a file system without file identities");
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // another thread of this process has it, as when a proof is interrupted
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw TestnetException.failure("Cannot give back the testnet's lock: " + e.getMessage(), e);
        }
    }
}
