package synod.testnet.network;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a local network keeps its files.
 *
 * @param root an absolute path
 */
public record TestnetDirectory(Path root) {
    /** The environment variable that names the directory. */
    public static final String VARIABLE = "SYNOD_TESTNET";

    /** What a node may be called. */
    public static final Pattern NODE_NAME = Pattern.compile("[a-z][a-z0-9-]{0,15}");

    /**
     * The directory named in the command, else in {@code SYNOD_TESTNET}, else the usual one.
     *
     * @param variables the environment
     */
    public static TestnetDirectory find(Map<String, String> variables, Optional<Path> named) {
        Path root = named.or(() -> variable(variables, VARIABLE).map(Path::of))
                .orElseGet(() -> dataHome(variables).resolve("synod").resolve("testnet"));
        return new TestnetDirectory(root.toAbsolutePath().normalize());
    }

    /** {@code $XDG_DATA_HOME}, which counts only if it is absolute, by the XDG base directory specification. */
    private static Path dataHome(Map<String, String> variables) {
        return variable(variables, "XDG_DATA_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() -> Path.of(
                        variable(variables, "HOME").orElseGet(() -> System.getProperty("user.home")),
                        ".local",
                        "share"));
    }

    private static Optional<String> variable(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /** What the network is; a network without it is none. */
    public Path genesis() {
        return root.resolve("genesis.json");
    }

    /** What other programs read: see {@link TestnetDescription}. */
    public Path description() {
        return root.resolve("testnet.json");
    }

    /** Held by whoever changes something here. */
    public Path lock() {
        return root.resolve("testnet.lock");
    }

    private Path nodes() {
        return root.resolve("nodes");
    }

    /** The directory of the node of this name, whether it is there or not. */
    public NodeDirectory node(String name) {
        return new NodeDirectory(name, nodes().resolve(name));
    }

    /** Whether a network was made here. */
    public boolean holdsNetwork() {
        return Files.exists(genesis());
    }

    /** Whether anything of a network is left here. */
    public boolean holdsAnything() {
        return holdsNetwork() || Files.exists(nodes()) || Files.exists(description());
    }

    /** The nodes that have a directory here, n2 before n10. */
    public List<NodeDirectory> nodeDirectories() {
        try (Stream<Path> entries = Files.list(nodes())) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> NODE_NAME.matcher(name).matches())
                    .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                    .map(this::node)
                    .filter(node -> Files.exists(node.config()))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw unusable(nodes(), e);
        }
    }

    /** Deletes the network's files, and only those; other files in the directory stay. */
    public void delete() {
        try {
            Files.deleteIfExists(description());
            Files.deleteIfExists(genesis());
            deleteTree(nodes());
            Files.deleteIfExists(lock());
            Files.deleteIfExists(root);
        } catch (DirectoryNotEmptyException e) {
            // something of the user's stands in the directory, and keeps it
            return;
        } catch (IOException e) {
            throw unusable(root, e);
        }
    }

    private static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** The refusal of a path that the system will not give or take. */
    public static TestnetException unusable(Path path, IOException e) {
        return TestnetException.failure(
                "Cannot use " + path + ": " + e.getClass().getSimpleName() + ", " + e.getMessage()
                        + ". Check the permissions and free space there, or name another directory with --dir.",
                e);
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
