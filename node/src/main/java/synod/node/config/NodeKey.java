package synod.node.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import synod.crypto.SigningKey;

/** The file of the key by which peers know a node: 64 hexadecimal digits, readable by its owner alone. */
public final class NodeKey {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> NEW_FILE = PosixFilePermissions.fromString("rw-------");

    private NodeKey() {}

    /**
     * Reads the key, making a new one where there is no file.
     *
     * @throws ConfigException if the file holds something else, or cannot be read or written
     */
    public static SigningKey loadOrCreate(Path file) throws ConfigException {
        try {
            SigningKey key = parse(file, Files.readString(file).strip());
            refuseIfOthersMayRead(file);
            return key;
        } catch (NoSuchFileException e) {
            return create(file);
        } catch (IOException e) {
            throw new ConfigException("The node key " + file + " cannot be read: " + e.getMessage() + ".");
        }
    }

    private static SigningKey parse(Path file, String text) throws ConfigException {
        if (!text.matches("[0-9a-f]{64}")) {
            throw new ConfigException("The node key " + file
                    + " does not hold 64 hexadecimal digits. Restore it from a copy, or delete it to make a new one:"
                    + " then tell the nodes that pin this node's id.");
        }
        return SigningKey.of(HexFormat.of().parseHex(text));
    }

    private static void refuseIfOthersMayRead(Path file) throws ConfigException, IOException {
        Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
        if (!OWNER_ONLY.containsAll(allowed)) {
            throw new ConfigException("The node key " + file + " may be read by others ("
                    + PosixFilePermissions.toString(allowed) + "). Run `chmod 600 " + file + "`.");
        }
    }

    private static SigningKey create(Path file) throws ConfigException {
        SigningKey key = SigningKey.generate(new SecureRandom());
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.createFile(file, PosixFilePermissions.asFileAttribute(NEW_FILE));
            Files.writeString(file, HexFormat.of().formatHex(key.seed()) + "\n", StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new ConfigException("The node key " + file + " cannot be written: " + e.getMessage() + ".");
        }
        return key;
    }
}
