package synod.testnet.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code synod bench} alone: says what there is. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "BENCHMARK",
        description = "Measure.",
        footer = {
            "",
            "Exit codes: 0 ok, 1 failure, 2 usage, 130 interrupted.",
        })
public final class BenchCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    /** Runs a benchmark in these surroundings and returns its exit code. */
    public static int run(Environment environment, String... args) {
        CommandLine bench = new CommandLine(new BenchCommand())
                .addSubcommand(new ConsensusBenchCommand(environment))
                .addSubcommand(new MiningBenchCommand(environment));
        return Invocation.run(environment, bench, args);
    }

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the command's specification");
        }
        throw new ParameterException(
                spec.commandLine(),
                "Which benchmark? One of: "
                        + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
