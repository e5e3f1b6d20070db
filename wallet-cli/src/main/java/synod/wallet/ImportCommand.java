package synod.wallet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import synod.crypto.Mnemonic;

/** Makes a wallet from words that exist. */
@Command(
        name = "import",
        description = "Bring a wallet back from its words: asked for at a terminal, else read from standard input.",
        footer = {"", "Example: synod wallet import savings --words-file words.txt"})
final class ImportCommand extends WalletSubcommand {
    private static final int MAX_BYTES = 1 << 12;

    @Parameters(paramLabel = "NAME", description = "Name of the wallet: lower-case letters, digits, '-', '_'.")
    private String name = "";

    @Option(names = "--words-file", paramLabel = "FILE", description = "Read the words from this file.")
    private @Nullable Path file;

    @Mixin
    private PasswordOptions password = new PasswordOptions();

    ImportCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        session.wallets().mustBeFree(name);
        Mnemonic words = words(session.environment());
        if (DevelopmentAccounts.areTheirs(words)
                && !session.networkIfReachable().map(Network::development).orElse(false)) {
            throw WalletException.failure("These are the public development words, which everybody knows: coins sent to"
                    + " them are anybody's. They are accepted only while a node of a development network answers.");
        }
        JsonObject wallet = WalletCreation.write(
                session, name, words, password.passwords(session.environment()), new SecureRandom());
        session.output().result(wallet, WalletCreation.text(wallet));
        return ExitCode.OK;
    }

    private Mnemonic words(Environment environment) {
        try {
            return Mnemonic.parse(typed(environment));
        } catch (IllegalArgumentException e) {
            throw new WalletException(ExitCode.FAILURE, "These are not a wallet's words: " + e.getMessage() + ".", e);
        }
    }

    private String typed(Environment environment) {
        if (file != null) {
            try (InputStream in = Files.newInputStream(file)) {
                return bounded(in);
            } catch (IOException e) {
                throw new WalletException(
                        ExitCode.FAILURE, "Cannot read the words from " + file + ": " + e.getMessage() + ".", e);
            }
        }
        if (environment.terminal().isPresent()) {
            return environment
                    .terminal()
                    .get()
                    .readLine("Words of '" + name + "', with spaces between: ")
                    .orElse("");
        }
        try {
            return bounded(environment.in());
        } catch (IOException e) {
            throw new WalletException(
                    ExitCode.FAILURE, "Cannot read the words from standard input: " + e.getMessage() + ".", e);
        }
    }

    private static String bounded(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new IOException("there are more than " + MAX_BYTES + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
