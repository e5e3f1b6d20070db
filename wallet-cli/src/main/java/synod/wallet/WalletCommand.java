package synod.wallet;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code synod wallet} alone: says what there is. */
@Command(
        name = "wallet",
        mixinStandardHelpOptions = true,
        versionProvider = WalletVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Keep keys, send coins, put digests on record.",
        footer = {
            "",
            "On a development network the accounts alice, bob, carol, dave and others need no wallet file and no"
                    + " password:",
            "  synod wallet send alice bob 5 --wait",
            "",
            "Exit codes: 0 ok, 1 failure, 2 usage, 3 rejected, 4 not final in time, 5 no node answers, 130 interrupted."
        })
final class WalletCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

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
