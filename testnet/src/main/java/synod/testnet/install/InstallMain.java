package synod.testnet.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import synod.testnet.network.TestnetException;

/**
 * Lays out a program: {@code wallet/} and {@code node/} with the jars of these commands, and beside them the cache that
 * lets nodes start fast. Each build has a directory of its own, so that nodes which run are not disturbed by the next.
 */
public final class InstallMain {
    private InstallMain() {}

    /**
     * Called by the launcher after a build.
     *
     * @param args the wallet's jars, the nodes' jars, and the directory to make
     */
    public static void main(String[] args) throws IOException {
        if (args.length != 3) {
            throw new IllegalArgumentException("expected: WALLET-JARS NODE-JARS DIRECTORY");
        }
        Path target = Path.of(args[2]);
        copyJars(Path.of(args[0]), target.resolve("wallet"));
        Path nodeJars = copyJars(Path.of(args[1]), target.resolve("node"));
        try {
            new StartCache(nodeJars).make();
        } catch (TestnetException e) {
            // everything works without it
            System.err.println("Nodes will start more slowly: " + e.getMessage());
        }
    }

    private static Path copyJars(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        List<Path> jars;
        try (Stream<Path> files = Files.list(from)) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
        for (Path jar : jars) {
            UnsignedJar.copy(jar, to.resolve(jar.getFileName().toString()));
        }
        return to;
    }
}
