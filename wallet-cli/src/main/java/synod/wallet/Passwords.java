package synod.wallet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where passwords come from: the file named in the command, else {@code SYNOD_WALLET_PASSWORD}, else the person at the
 * terminal.
 */
final class Passwords {
    /** The environment variable that holds the password. */
    static final String VARIABLE = "SYNOD_WALLET_PASSWORD";

    private static final long MAX_FILE_BYTES = 4096;

    private final Environment environment;
    private final Optional<Path> file;

    Passwords(Environment environment, Optional<Path> file) {
        this.environment = environment;
        this.file = file;
    }

    /** The password of an existing wallet. */
    char[] of(String name) {
        return given().orElseGet(() -> ask("Password of '" + name + "': ", name));
    }

    /** A password for a new wallet; a person types it twice. */
    char[] chosenFor(String name) {
        Optional<char[]> given = given();
        if (given.isPresent()) {
            return given.get();
        }
        char[] first = ask("New password for '" + name + "': ", name);
        char[] second = ask("The same again: ", name);
        if (!Arrays.equals(first, second)) {
            throw WalletException.failure("The two passwords differ; nothing was written. Try again.");
        }
        return first;
    }

    private Optional<char[]> given() {
        return file.map(Passwords::firstLine)
                .or(() -> environment.variable(VARIABLE).map(String::toCharArray));
    }

    private char[] ask(String prompt, String name) {
        Terminal terminal = environment
                .terminal()
                .orElseThrow(() -> WalletException.usage("Wallet '" + name
                        + "' needs its password, and there is no terminal to ask at: give --password-file FILE or set "
                        + VARIABLE + "."));
        char[] password = terminal.readSecret(prompt)
                .orElseThrow(() -> WalletException.failure("No password was typed; nothing was done."));
        if (password.length == 0) {
            throw WalletException.failure("An empty password protects nothing; nothing was done.");
        }
        return password;
    }

    private static char[] firstLine(Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw WalletException.usage(file + " is too large for a file that holds one password.");
            }
            String password = Files.readString(file).lines().findFirst().orElse("");
            if (password.isEmpty()) {
                throw WalletException.usage(file + " holds no password: its first line is empty.");
            }
            return password.toCharArray();
        } catch (IOException e) {
            throw new WalletException(
                    ExitCode.USAGE, "Cannot read the password from " + file + ": " + e.getMessage() + ".", e);
        }
    }
}
