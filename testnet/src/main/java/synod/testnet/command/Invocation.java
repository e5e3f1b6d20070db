package synod.testnet.command;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** How a command line is carried out: output, errors and exit codes are the same for all. */
final class Invocation {
    private Invocation() {}

    /** Runs a command with what was typed after its name, and returns its exit code. */
    static int run(Environment environment, CommandLine command, String... args) {
        // the parent makes help say "synod testnet"; it is never typed here
        CommandLine synod = new CommandLine(CommandSpec.create().name("synod")).addSubcommand(command);
        ErrorReport errors = new ErrorReport(environment);
        synod.setOut(new PrintWriter(environment.out(), true, environment.out().charset()))
                .setErr(new PrintWriter(
                        environment.err(), true, environment.err().charset()))
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
        String[] typed = new String[args.length + 1];
        typed[0] = command.getCommandName();
        System.arraycopy(args, 0, typed, 1, args.length);
        return synod.execute(typed);
    }
}
