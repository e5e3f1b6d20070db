package synod.testnet.network;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a node is started with: everything before the arguments of {@code run}.
 *
 * @param command the Java launcher, its options, the class path and the main class
 */
public record NodeProgram(List<String> command) {
    /** The environment variable with further options for the nodes' Java, separated by spaces. */
    static final String OPTIONS_VARIABLE = "SYNOD_NODE_OPTS";

    private static final String START_CACHE = "-XX:AOTCache=";
    private static final String MAIN = "synod.node.NodeMain";

    /** Heaps that begin small, and small stacks: four idle nodes together stay under 1 GB. The full compiler stays, for mining needs it. */
    private static final List<String> OPTIONS = List.of(
            "-Xms16m",
            "-Xmx384m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:MaxDirectMemorySize=64m",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    /** Copies the list. */
    public NodeProgram {
        command = List.copyOf(command);
    }

    /**
     * The node of the installation that this class belongs to, on the Java that runs it.
     *
     * @param variables the environment
     * @throws TestnetException if the installation is not complete
     */
    public static NodeProgram ofInstallation(Map<String, String> variables) {
        List<String> options = Arrays.stream(
                        variables.getOrDefault(OPTIONS_VARIABLE, "").split(" "))
                .filter(option -> !option.isEmpty())
                .collect(Collectors.toCollection(ArrayList::new));
        Path own = ownCode();
        if (Files.isDirectory(own)) {
            // run from compiled classes, as tests and editors do; nodes have another working directory
            String classPath = Arrays.stream(
                            System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(entry -> Path.of(entry).toAbsolutePath().toString())
                    .collect(Collectors.joining(File.pathSeparator));
            return of(classPath, options);
        }
        Path jars = own.resolveSibling("").toAbsolutePath().normalize();
        if (Files.exists(startCache(jars))) {
            options.addFirst(START_CACHE + startCache(jars));
            // a cache that does not fit, because of other options, is no matter for the node's log
            options.addAll(1, List.of("-Xlog:aot*=off", "-Xlog:cds*=off"));
        }
        return of(jars, options);
    }

    /**
     * The node in a directory of jars.
     *
     * @param options for Java, beside the usual ones
     * @throws TestnetException if the node is not there
     */
    public static NodeProgram of(Path jars, List<String> options) {
        String[] found = jars.toFile().list((_, name) -> name.startsWith("synod-node") && name.endsWith(".jar"));
        if (found == null || found.length == 0) {
            throw TestnetException.failure("The node's jar is missing in " + jars
                    + ": build it with ./mvnw -DskipTests package, or start this command as ./synod testnet.");
        }
        return of(jars + File.separator + "*", options);
    }

    private static NodeProgram of(String classPath, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(java().toString());
        command.addAll(OPTIONS);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, MAIN));
        return new NodeProgram(command);
    }

    /** The same with the vector module, for fast mining; the start cache cannot be used together with it. */
    NodeProgram withVectors() {
        List<String> changed = new ArrayList<>(command);
        changed.removeIf(option -> option.startsWith(START_CACHE));
        changed.addAll(1, List.of("--add-modules", "jdk.incubator.vector"));
        return new NodeProgram(changed);
    }

    /** Where the ahead-of-time cache of the node in a directory of jars is, if there is one. */
    public static Path startCache(Path jars) {
        return jars.resolveSibling("node.aot");
    }

    private static Path java() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        if (!Files.isExecutable(java)) {
            throw TestnetException.failure("There is no Java launcher at " + java
                    + ": nodes need the JDK that this command was started with. Install it again, or set JAVA_HOME.");
        }
        return java;
    }

    private static Path ownCode() {
        CodeSource source = NodeProgram.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IllegalStateException("this class was loaded from nowhere");
        }
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no path: " + source.getLocation(), e);
        }
    }

    /** The arguments that run a node with this configuration; by them its process is found again. */
    static List<String> arguments(Path config) {
        return List.of("run", "--config", config.toString());
    }
}
