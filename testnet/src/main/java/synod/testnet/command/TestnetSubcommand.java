package synod.testnet.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import synod.testnet.network.ExitCode;
import synod.testnet.network.TestnetDirectory;

/** What the commands have in common. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
abstract class TestnetSubcommand implements Callable<Integer> {
    private final Environment environment;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Directory of the network. Default: $SYNOD_TESTNET, else ~/.local/share/synod/testnet.")
    private @Nullable Path directory;

    @Option(names = "--json", description = "Print one JSON object for programs.")
    private boolean json;

    TestnetSubcommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public final Integer call() {
        TestnetDirectory found = TestnetDirectory.find(environment.variables(), Optional.ofNullable(directory));
        return run(new Session(environment, found, json));
    }

    /** Does the work and returns the {@link ExitCode}. */
    abstract int run(Session session);
}
