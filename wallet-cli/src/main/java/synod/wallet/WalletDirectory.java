package synod.wallet;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The keystores of one user: a file {@code NAME.json} each, readable by nobody else (0600 in a directory of 0700).
 * Nothing here ever replaces or deletes a keystore.
 */
final class WalletDirectory {
    /** What a wallet may be called: nothing that is a path, an address, or differs in letter case only. */
    static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");

    private static final String SUFFIX = ".json";
    private static final long MAX_FILE_BYTES = 1 << 16;

    private final Path path;

    WalletDirectory(Path path) {
        this.path = path;
    }

    /** Where the directory is. */
    Path path() {
        return path;
    }

    /** Where the keystore of this name is, or would be. */
    Path file(String name) {
        return path.resolve(name + SUFFIX);
    }

    /** The names of all keystores, sorted. */
    List<String> names() {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .filter(name -> NAME.matcher(name).matches())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /**
     * The keystore of this name.
     *
     * @throws WalletException if the file is damaged, foreign or unreadable
     */
    Optional<Keystore> load(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        Path file = file(name);
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw damaged(file, new JsonShapeException("it is too large"));
            }
            return Optional.of(Keystore.of(Json.parseObject(Files.readString(file))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonShapeException e) {
            throw damaged(file, e);
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    /**
     * Writes a new keystore; it is on disk when this returns.
     *
     * @throws WalletException if the name cannot be used, is taken, or the disk refuses
     */
    void save(String name, Keystore keystore) {
        mustBeFree(name);
        Path file = file(name);
        try {
            PrivateFiles.createDirectory(path);
            PrivateFiles.writeNew(file, keystore.json());
        } catch (FileAlreadyExistsException e) {
            throw new WalletException(ExitCode.FAILURE, taken(name), e);
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    /** Refuses a name that is taken, or that no wallet can have. */
    void mustBeFree(String name) {
        if (!NAME.matcher(name).matches()) {
            throw WalletException.usage("'" + name + "' cannot be a wallet's name: use up to 32 lower-case letters,"
                    + " digits, '-' and '_', a letter or digit first.");
        }
        if (Files.exists(file(name))) {
            throw WalletException.failure(taken(name));
        }
    }

    /** The refusal of a file that the system will not give or take. */
    static WalletException unusable(Path file, IOException e) {
        return new WalletException(
                ExitCode.FAILURE,
                "Cannot use " + file + ": " + e.getClass().getSimpleName() + ", " + e.getMessage()
                        + ". Check the permissions and free space there, or name another place with --wallet-dir.",
                e);
    }

    /** The refusal of a keystore that does not read as one. */
    static WalletException damaged(Path file, JsonShapeException e) {
        return new WalletException(
                ExitCode.FAILURE,
                file + " is not a keystore that can be read: " + e.getMessage()
                        + ". Restore it from a copy, or move it away and import its words again.",
                e);
    }

    private String taken(String name) {
        return "There is a wallet '" + name + "' already (" + file(name) + "). Choose another name, or move that file.";
    }
}
