package synod.wallet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Durable files that only their owner may read: mode 0600, in directories of mode 0700. */
final class PrivateFiles {
    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private PrivateFiles() {}

    /** Makes a private directory, if it is not there; the directories above it get the usual permissions. */
    static void createDirectory(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return;
        }
        Files.createDirectories(parent(path));
        try {
            Files.createDirectory(path, DIRECTORY);
        } catch (FileAlreadyExistsException e) {
            // Another wallet process may have been faster.
            if (!Files.isDirectory(path)) {
                throw e;
            }
        }
    }

    /**
     * Writes a file that is not there yet; it is on disk when this returns.
     *
     * @throws FileAlreadyExistsException if it is there
     */
    static void writeNew(Path file, JsonObject content) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((content + "\n").getBytes(StandardCharsets.UTF_8));
        try (FileChannel channel = open(file, StandardOpenOption.CREATE_NEW)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        syncDirectory(file);
    }

    /** Writes a file, or puts it in the place of the old one at once; it is on disk when this returns. */
    static void replace(Path file, JsonObject content) throws IOException {
        Path written = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(written);
        writeNew(written, content);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(file);
    }

    /** Opens a private file for writing, making it if need be. */
    static FileChannel open(Path file, StandardOpenOption creation) throws IOException {
        return FileChannel.open(file, Set.of(creation, StandardOpenOption.WRITE), FILE);
    }

    private static void syncDirectory(Path file) throws IOException {
        try (FileChannel directory = FileChannel.open(parent(file), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    private static Path parent(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(path + " is no place for wallet files");
        }
        return parent;
    }
}
