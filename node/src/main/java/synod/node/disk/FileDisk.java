package synod.node.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import synod.chain.store.Disk;
import synod.chain.store.DiskException;

/**
 * A {@link Disk} in a directory of a file system.
 *
 * <p>The file being appended to stays open. Reads open their file each time: that costs some microseconds, needs no
 * bound on open files, and an interrupt that hits a reader, which closes its channel, harms nobody else. The thread
 * that writes must not be interrupted; if it is, the write fails and with it the journal.
 */
public final class FileDisk implements Disk {
    private final Path directory;
    private @Nullable Appender appender;

    private record Appender(String name, FileChannel channel) {}

    private FileDisk(Path directory) {
        this.directory = directory;
    }

    /** Opens a directory, or creates it for its owner alone. Deletes files that were never finished. */
    public static FileDisk open(Path directory) {
        FileDisk disk = new FileDisk(directory);
        try {
            Directories.createPrivate(directory);
            for (Path file : disk.files()) {
                if (file.getFileName().toString().endsWith(Directories.TEMPORARY_SUFFIX)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw failed("open", directory, e);
        }
        return disk;
    }

    @Override
    public List<String> list() {
        try {
            return files().stream()
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(Directories.TEMPORARY_SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw failed("list", directory, e);
        }
    }

    @Override
    public long size(String name) {
        Path file = file(name);
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw failed("look at", file, e);
        }
    }

    @Override
    public synchronized void append(String name, byte[]... parts) {
        Path file = file(name);
        try {
            FileChannel channel = appender(name);
            ByteBuffer[] buffers = Arrays.stream(parts).map(ByteBuffer::wrap).toArray(ByteBuffer[]::new);
            while (buffers.length > 0 && Arrays.stream(buffers).anyMatch(ByteBuffer::hasRemaining)) {
                channel.write(buffers);
            }
        } catch (IOException e) {
            throw failed("write", file, e);
        }
    }

    @Override
    public synchronized void sync(String name) {
        Path file = file(name);
        try {
            // the length is part of what is synced this way, the times are not
            appender(name).force(false);
        } catch (IOException e) {
            throw failed("sync", file, e);
        }
    }

    @Override
    public byte[] read(String name, long offset, int length) {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("cannot read " + length + " bytes at " + offset);
        }
        Path file = file(name);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            int available = Math.clamp(channel.size() - offset, 0, length);
            ByteBuffer buffer = ByteBuffer.allocate(available);
            while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {
                // until it is full, or the file ends after all
            }
            return buffer.hasRemaining() ? Arrays.copyOf(buffer.array(), buffer.position()) : buffer.array();
        } catch (IOException e) {
            throw failed("read", file, e);
        }
    }

    @Override
    public synchronized void truncate(String name, long size) {
        Path file = file(name);
        try {
            FileChannel channel = appender(name);
            if (size < 0 || size > channel.size()) {
                throw new IllegalArgumentException(
                        "cannot cut " + name + " to " + size + " bytes: it has " + channel.size());
            }
            channel.truncate(size);
        } catch (IOException e) {
            throw failed("shorten", file, e);
        }
    }

    @Override
    public synchronized void create(String name, byte[]... parts) {
        Path file = file(name);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IllegalStateException("there is a file " + file + " already");
        }
        try {
            Directories.writeAtomically(directory, name, parts);
        } catch (IOException e) {
            throw failed("create", file, e);
        }
    }

    @Override
    public synchronized void delete(String name) {
        Path file = file(name);
        try {
            if (appender != null && appender.name().equals(name)) {
                closeAppender();
            }
            Files.delete(file);
            Directories.sync(directory);
        } catch (IOException e) {
            throw failed("delete", file, e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            closeAppender();
        } catch (IOException e) {
            throw failed("close", directory, e);
        }
    }

    private FileChannel appender(String name) throws IOException {
        if (appender == null || !appender.name().equals(name)) {
            closeAppender();
            appender = new Appender(
                    name, FileChannel.open(file(name), StandardOpenOption.WRITE, StandardOpenOption.APPEND));
        }
        return appender.channel();
    }

    private void closeAppender() throws IOException {
        if (appender != null) {
            FileChannel channel = appender.channel();
            appender = null;
            channel.close();
        }
    }

    private Path file(String name) {
        Disk.checkName(name);
        return directory.resolve(name);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(Files::isRegularFile).toList();
        }
    }

    private static DiskException failed(String action, Path path, IOException cause) {
        String reason = reason(cause);
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("quota exceeded")) {
            return new DiskException(
                    DiskException.Kind.FULL,
                    "No space is left to " + action + " " + path + ". Free some and start the node again.",
                    cause);
        }
        return new DiskException(
                DiskException.Kind.FAILED,
                "Could not " + action + " " + path + ": " + reason
                        + ". Check the disk and the permissions, and start the node again.",
                cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "there is no such file";
        }
        String message = cause instanceof FileSystemException detailed ? detailed.getReason() : cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
