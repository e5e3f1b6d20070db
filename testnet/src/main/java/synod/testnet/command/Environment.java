package synod.testnet.command;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import synod.testnet.network.NodeProgram;

/**
 * What the command stands in.
 *
 * @param variables the environment variables
 * @param out where results go
 * @param err where everything else goes
 * @param terminal asks the person at the other end, if there is one, and returns the line that was typed, if any
 * @param program finds what a node is started with
 */
public record Environment(
        Map<String, String> variables,
        PrintStream out,
        PrintStream err,
        Optional<Function<String, Optional<String>>> terminal,
        Supplier<NodeProgram> program) {

    /** The surroundings of this process. Text is written as UTF-8 whatever the locale says, as JSON demands. */
    public static Environment ofProcess() {
        Console console = System.console();
        Optional<Function<String, Optional<String>>> terminal = console == null || !console.isTerminal()
                ? Optional.empty()
                : Optional.of(prompt -> Optional.ofNullable(console.readLine("%s", prompt)));
        return new Environment(
                System.getenv(),
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                terminal,
                () -> NodeProgram.ofInstallation(System.getenv()));
    }
}
