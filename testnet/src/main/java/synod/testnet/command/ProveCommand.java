package synod.testnet.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows on real processes what is claimed of a network. */
@Command(
        name = "prove",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "PROOF",
        description = "Show on a network of its own that what is claimed of networks holds. Takes minutes.")
final class ProveCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the command's specification");
        }
        throw new ParameterException(
                spec.commandLine(),
                "Which proof? One of: " + String.join(", ", spec.subcommands().keySet()) + ".");
    }
}
