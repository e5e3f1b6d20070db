package synod.testnet.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
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
            Files.createDirectories(directory.root());
            while (true) {
                Optional<DirectoryLock> lock = attempt(directory.lock());
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

    private static Optional<DirectoryLock> attempt(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        // a reset may have deleted the file between the opening and the locking: then this lock guards nothing
        if (isLocked(channel) && isStill(file, channel)) {
            return Optional.of(new DirectoryLock(channel));
        }
        channel.close();
        return Optional.empty();
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // another thread of this process has it, as when a proof is interrupted
            return false;
        }
    }

    /** Whether the path still names the file that the channel has open: what is written here is read there. */
    private static boolean isStill(Path file, FileChannel channel) throws IOException {
        String holder = ProcessHandle.current().pid() + " " + System.nanoTime() + "\n";
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.US_ASCII)));
        try {
            return Files.readString(file, StandardCharsets.US_ASCII).equals(holder);
        } catch (NoSuchFileException e) {
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
