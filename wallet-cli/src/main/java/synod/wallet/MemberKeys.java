package synod.wallet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Pattern;
import synod.crypto.PublicKey;
import synod.crypto.SigningKey;

/**
 * Turns what a person types into members' keys. A member is a node, so its key is in the node's {@code node.key}; on a
 * local network the node's name is enough.
 *
 * @param testnet the local network's directory, whether there is one or not
 */
record MemberKeys(Path testnet) {
    private static final Pattern HEX_KEY = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern NODE_NAME = Pattern.compile("[a-z][a-z0-9-]{0,15}");

    /** The account of a node: the one named so on the local network, else the one whose key this file holds. */
    Account.Node account(String nodeOrFile) {
        return new Account.Node(nodeOrFile, read(nodeOrFile));
    }

    /** A public key in hexadecimal, or that of a node as in {@link #account}. */
    PublicKey publicKey(String text) {
        if (!HEX_KEY.matcher(text).matches()) {
            return read(text).publicKey();
        }
        try {
            return PublicKey.of(HexFormat.of().parseHex(text)).requirePrimeOrder();
        } catch (IllegalArgumentException e) {
            throw new WalletException(ExitCode.USAGE, text + " cannot be a member's key: " + e.getMessage() + ".", e);
        }
    }

    private SigningKey read(String nodeOrFile) {
        Path named = testnet.resolve("nodes").resolve(nodeOrFile).resolve("node.key");
        boolean isNode = NODE_NAME.matcher(nodeOrFile).matches() && Files.exists(named);
        Path file = isNode ? named : Path.of(nodeOrFile);
        try {
            String text = Files.readString(file).strip();
            if (HEX_KEY.matcher(text).matches()) {
                return SigningKey.of(HexFormat.of().parseHex(text));
            }
            throw WalletException.failure(file + " is not a node's key: it does not hold 64 hexadecimal digits.");
        } catch (NoSuchFileException e) {
            throw new WalletException(
                    ExitCode.USAGE,
                    "'" + nodeOrFile + "' is neither a node of the network in " + testnet + " nor a node's key file.",
                    e);
        } catch (IOException e) {
            throw new WalletException(ExitCode.FAILURE, "Cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
