package synod.wallet;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every command has. */
final class CommonOptions {
    @Option(
            names = "--rpc",
            paramLabel = "URL",
            split = ",",
            description = "Node to ask; several, separated by commas, are tried in turn. Default: $SYNOD_RPC, else the"
                    + " running testnet.")
    private List<String> rpc = List.of();

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "Directory of the testnet to use. Default: $SYNOD_TESTNET, else ~/.local/share/synod/testnet.")
    private @Nullable Path testnet;

    @Option(
            names = "--wallet-dir",
            paramLabel = "DIR",
            description = "Directory of the wallet files. Default: synod/wallet in $XDG_DATA_HOME.")
    private @Nullable Path wallets;

    @Option(names = "--json", description = "Print JSON for programs: one object, or a line for each item.")
    private boolean json;

    /** What the options ask for, in these surroundings. */
    Session session(Environment environment) {
        return new Session(environment, rpc, Optional.ofNullable(testnet), Optional.ofNullable(wallets), json);
    }
}
