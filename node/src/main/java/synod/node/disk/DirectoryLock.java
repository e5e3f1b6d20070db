package synod.node.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The lock that keeps a second process, or a second node in this one, out of a data directory. */
final class DirectoryLock implements AutoCloseable {
    static final String NAME = "LOCK";

    private static final int MAX_PID_DIGITS = 20;

    /**
     * The directories locked by this process. The operating system drops a process's lock on a file as soon as the
     * process closes any channel to that file, so a second attempt must not even open one.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Locks an existing directory.
     *
     * @throws DataDirectoryException if it is locked already
     */
    static DirectoryLock acquire(Path directory) throws IOException {
        Path real = directory.toRealPath();
        if (!HELD.add(real)) {
            throw inUse(directory, Long.toString(ProcessHandle.current().pid()));
        }
        FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(
                    real.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(directory, readPid(channel));
            }
            writePid(channel);
            locked = true;
            return new DirectoryLock(real, channel);
        } finally {
            if (!locked) {
                release(real, channel);
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            release(directory, channel);
        }
    }

    private static void release(Path real, @Nullable FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            HELD.remove(real);
        }
    }

    private static void writePid(FileChannel channel) throws IOException {
        channel.truncate(0);
        String pid = ProcessHandle.current().pid() + "\n";
        Directories.writeAll(channel, pid.getBytes(StandardCharsets.US_ASCII));
    }

    private static String readPid(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_PID_DIGITS);
        channel.read(buffer, 0);
        String pid = new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII).strip();
        return pid.matches("[0-9]+") ? pid : "of unknown number";
    }

    private static DataDirectoryException inUse(Path directory, String pid) {
        return new DataDirectoryException("The data directory " + directory + " is already in use by process " + pid
                + "; stop it or use another 'dataDir' in the config file.");
    }
}
