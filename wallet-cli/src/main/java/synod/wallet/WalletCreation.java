package synod.wallet;

import java.security.SecureRandom;
import java.util.Optional;
import synod.crypto.DerivationPath;
import synod.crypto.DevelopmentKeys;
import synod.crypto.HdKey;
import synod.crypto.Mnemonic;
import synod.crypto.SigningKey;

/** Derives a wallet's key from its words and writes the wallet file. */
final class WalletCreation {
    /** How the key is derived from the words. */
    static final DerivationPath PATH = DevelopmentKeys.path(0);

    private WalletCreation() {}

    /** Writes the wallet and returns the fields that describe it. */
    static JsonObject write(Session session, String name, Mnemonic words, Passwords passwords, SecureRandom random) {
        SigningKey key = HdKey.master(words.seed("")).derive(PATH).signingKey();
        Keystore keystore = Keystore.seal(
                key, PATH, passwords.chosenFor(name), session.environment().keystoreCost(), random);
        session.wallets().save(name, keystore);
        Optional<String> address = session.networkIfReachable().map(network -> network.format(keystore.address()));
        return new JsonObject()
                .put("name", name)
                .putIfPresent("address", address)
                .put("publicKey", keystore.publicKey().toString())
                .put("path", PATH.toString())
                .put("file", session.wallets().file(name).toString());
    }

    /** What was written, for people. */
    static String text(JsonObject wallet) {
        return "Wallet '" + wallet.text("name") + "' is in " + wallet.text("file") + "\n"
                + wallet.optionalText("address")
                        .map(address -> "Its address is " + address)
                        .orElseGet(() -> "No network is up; when one is, synod wallet address " + wallet.text("name")
                                + " shows its address.");
    }
}
