package synod.wallet;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What the commands have in common. */
@Command(mixinStandardHelpOptions = true, versionProvider = WalletVersion.class, sortOptions = false)
abstract class WalletSubcommand implements Callable<Integer> {
    private final Environment environment;

    @Mixin
    private CommonOptions common = new CommonOptions();

    WalletSubcommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public final Integer call() {
        return run(common.session(environment));
    }

    /** Does the work and returns the {@link ExitCode}. */
    abstract int run(Session session);
}
