package synod.testnet.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code synod testnet} alone: says what there is. */
@Command(
        name = "testnet",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Run a local network of node processes, and break it on purpose.",
        footer = {
            "",
            "Exit codes: 0 ok, 1 failure, 2 usage, 5 there is no network, 130 interrupted.",
        })
public final class TestnetCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    /** Runs a command in these surroundings and returns its exit code. */
    public static int run(Environment environment, String... args) {
        CommandLine testnet = new CommandLine(new TestnetCommand())
                .addSubcommand(new UpCommand(environment))
                .addSubcommand(new StatusCommand(environment))
                .addSubcommand(new DownCommand(environment))
                .addSubcommand(new ResetCommand(environment))
                .addSubcommand(new KillCommand(environment))
                .addSubcommand(new StartCommand(environment))
                .addSubcommand(new PauseCommand(environment))
                .addSubcommand(new ResumeCommand(environment))
                .addSubcommand(new AddCommand(environment))
                .addSubcommand(new LogsCommand(environment))
                .addSubcommand(new CommandLine(new ProveCommand())
                        .addSubcommand(new CrashRoundsCommand(environment))
                        .addSubcommand(new LeaderCrashesCommand(environment))
                        .addSubcommand(new QuorumLossCommand(environment))
                        .addSubcommand(new StakeOutageCommand(environment))
                        .addSubcommand(new LateJoinerCommand(environment)));
        return Invocation.run(environment, testnet, args);
    }

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the command's specification");
        }
        throw new ParameterException(
                spec.commandLine(),
                "Which command? One of: " + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
