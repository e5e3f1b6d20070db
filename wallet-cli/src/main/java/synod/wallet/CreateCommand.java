package synod.wallet;

import java.security.SecureRandom;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import synod.crypto.Mnemonic;

/** Makes a wallet from new words. */
@Command(
        name = "create",
        description =
                "Make a wallet. Its words are shown once: they are the only way back if the file or the password is"
                        + " lost.",
        footer = {"", "Example: synod wallet create savings"})
final class CreateCommand extends WalletSubcommand {
    private static final int WORDS_A_LINE = 6;

    @Parameters(paramLabel = "NAME", description = "Name of the wallet: lower-case letters, digits, '-', '_'.")
    private String name = "";

    @Option(names = "--words", paramLabel = "N", description = "How many words: 12 or 24. Default: 24.")
    private int count = 24;

    @Mixin
    private PasswordOptions password = new PasswordOptions();

    CreateCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        if (count != 12 && count != 24) {
            throw WalletException.usage("A wallet has 12 or 24 words, not " + count + ".");
        }
        session.wallets().mustBeFree(name);
        SecureRandom random = new SecureRandom();
        Mnemonic words = Mnemonic.generate(random, count);
        JsonObject wallet =
                WalletCreation.write(session, name, words, password.passwords(session.environment()), random);
        session.output()
                .result(wallet.put("words", words.phrase()), WalletCreation.text(wallet) + "\n\n" + text(words));
        return ExitCode.OK;
    }

    private static String text(Mnemonic mnemonic) {
        List<String> words = mnemonic.words();
        StringBuilder text = new StringBuilder("Its words, which will not be shown again:\n\n");
        for (int i = 0; i < words.size(); i += WORDS_A_LINE) {
            text.append("  ")
                    .append(String.join(" ", words.subList(i, i + WORDS_A_LINE)))
                    .append('\n');
        }
        return text.append(
                        "\nWrite them on paper, in this order, and keep them where nobody else looks. Whoever has them"
                                + " has the coins.\nIf the file or its password is lost, synod wallet import NAME brings the wallet back"
                                + " from them.")
                .toString();
    }
}
