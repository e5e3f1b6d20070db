package synod.testnet.command;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import synod.testnet.network.ExitCode;
import synod.testnet.network.TestnetException;

/** Turns what a command threw into a sentence on standard error and an {@link ExitCode}. */
final class ErrorReport implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final Environment environment;

    ErrorReport(Environment environment) {
        this.environment = environment;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        say(name, String.valueOf(e.getMessage()));
        say(name, name + " --help says what can be typed.");
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        String name = command.getCommandSpec().qualifiedName();
        return switch (e) {
            case ParameterException usage -> handleParseException(usage, new String[0]);
            case TestnetException known -> {
                say(name, String.valueOf(known.getMessage()));
                yield known.exitCode();
            }
            default -> {
                say(name, "A defect in Synod:");
                e.printStackTrace(environment.err());
                yield ExitCode.FAILURE;
            }
        };
    }

    private void say(String command, String sentence) {
        environment.err().println(command + ": " + sentence);
    }
}
