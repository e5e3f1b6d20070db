package synod.wallet;

import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the script that completes the commands. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Print a script with which bash and zsh complete these commands.",
        footer = {"", "Use: source <(synod wallet completion)"})
final class CompletionCommand implements Runnable {
    private final Environment environment;

    @Spec
    private @Nullable CommandSpec spec;

    CompletionCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the command's specification");
        }
        CommandLine root = spec.root().commandLine();
        environment.out().print(AutoComplete.bash(spec.root().name(), root));
    }
}
