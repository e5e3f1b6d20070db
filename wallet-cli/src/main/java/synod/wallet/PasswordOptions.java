package synod.wallet;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to give a password without being asked. */
final class PasswordOptions {
    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Read the password from the file's first line. Default: $SYNOD_WALLET_PASSWORD, else you are"
                    + " asked.")
    private @Nullable Path file;

    /** Where passwords come from in these surroundings. */
    Passwords passwords(Environment environment) {
        return new Passwords(environment, Optional.ofNullable(file));
    }
}
