package synod.node;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import synod.chain.store.DiskException;
import synod.node.config.ConfigException;
import synod.node.disk.DataDirectoryException;

/** {@code synod node}: one node from a genesis file and a config file. */
@Command(
        name = "synod node",
        mixinStandardHelpOptions = true,
        description = "Runs one node from a genesis file and a config file.",
        subcommands = {
            KeyCommand.class,
            InitCommand.class,
            RunCommand.class,
            ReindexCommand.class,
            SigningHistoryCommand.class,
            CommandLine.HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class NodeMain {
    private static final int FAILURE = 1;

    private NodeMain() {}

    /** Runs the command and exits: 0 ok, 1 failure, 2 usage. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new NodeMain()).setExecutionExceptionHandler((failure, command, _) -> {
            command.getErr().println(command.getColorScheme().errorText(sentence(failure)));
            return FAILURE;
        });
    }

    /** What people are told: the sentence of an expected failure, or the whole of a defect. */
    static String sentence(Throwable failure) {
        return switch (failure) {
            case ConfigException e -> String.valueOf(e.getMessage());
            case DataDirectoryException e -> String.valueOf(e.getMessage());
            case DiskException e -> String.valueOf(e.getMessage());
            case java.io.IOException e -> String.valueOf(e.getMessage());
            default -> {
                java.io.StringWriter trace = new java.io.StringWriter();
                failure.printStackTrace(new java.io.PrintWriter(trace));
                yield "A defect in the node ended it; please report this:\n" + trace;
            }
        };
    }
}
