package synod.wallet;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import synod.crypto.Argon2Cost;

/**
 * What the process stands in.
 *
 * @param variables the environment variables
 * @param in standard input
 * @param out where results go
 * @param err where everything else goes
 * @param terminal the person at the other end, if there is one
 * @param pollMillis how long to wait between two questions to a node
 * @param keystoreCost what one try of a new wallet's password shall cost
 */
record Environment(
        Map<String, String> variables,
        InputStream in,
        PrintStream out,
        PrintStream err,
        Optional<Terminal> terminal,
        long pollMillis,
        Argon2Cost keystoreCost) {
    private static final long POLL_MILLIS = 150;

    /** The surroundings of this process. Text is written as UTF-8 whatever the locale says, as JSON demands. */
    static Environment ofProcess() {
        return new Environment(
                System.getenv(),
                System.in,
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                Terminal.ofProcess(),
                POLL_MILLIS,
                Argon2Cost.STANDARD);
    }

    /** The variable, unless it is unset or empty. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /** Where Synod keeps a user's files: {@code $XDG_DATA_HOME/synod}, by default {@code ~/.local/share/synod}. */
    Path dataDirectory() {
        // The XDG base directory specification: a relative path in the variable is to be ignored.
        Path base = variable("XDG_DATA_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .orElseGet(() ->
                        Path.of(variable("HOME").orElseGet(() -> System.getProperty("user.home")), ".local", "share"));
        return base.resolve("synod");
    }
}
