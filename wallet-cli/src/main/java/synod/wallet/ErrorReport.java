package synod.wallet;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what a command threw into a sentence on standard error and an {@link ExitCode}. */
final class ErrorReport implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final Environment environment;

    ErrorReport(Environment environment) {
        this.environment = environment;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        say(name, String.valueOf(e.getMessage()));
        say(name, "synod wallet --help and " + name + " --help say what can be typed.");
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        String name = command.getCommandSpec().qualifiedName();
        return switch (e) {
            case ParameterException usage -> handleParseException(usage, new String[0]);
            case WalletException known -> {
                say(name, known.getMessage());
                yield known.exitCode();
            }
            case UnreachableException unreachable -> {
                say(name, unreachable.getMessage());
                yield ExitCode.UNREACHABLE;
            }
            case RpcException error -> {
                say(name, "The node answered: " + error.getMessage() + " (" + error.reason() + ").");
                yield error.code() == RpcException.REJECTED ? ExitCode.REJECTED : ExitCode.FAILURE;
            }
            case JsonShapeException shape -> {
                say(
                        name,
                        "The node's answer is not as expected: " + shape.getMessage()
                                + ". Node and wallet may be of different Synod releases.");
                yield ExitCode.FAILURE;
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
