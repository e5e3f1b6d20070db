package synod.wallet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import synod.chain.transaction.Anchor;
import synod.crypto.Hash;
import synod.crypto.Sha256;

/** Puts a digest on record. */
@Command(
        name = "anchor",
        description = "Put the SHA-256 digest of a file on record: proof that it existed, unchanged, when the block was"
                + " made. The file itself stays here.",
        footer = {"", "Example: synod wallet anchor alice contract.pdf --memo \"contract 17\" --wait"})
final class AnchorCommand extends SubmittingCommand {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{64}");
    private static final int CHUNK_BYTES = 1 << 16;

    @Parameters(index = "0", paramLabel = "NAME", description = "The wallet or development account that signs.")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "FILE|DIGEST",
            description =
                    "A file, or a digest of 64 hexadecimal digits. Write ./X for a file that is named like a digest.")
    private String subject = "";

    @Option(names = "--memo", paramLabel = "TEXT", description = "A public remark, at most 80 bytes of UTF-8.")
    private String memo = "";

    AnchorCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        checkOptions();
        Hash digest = DIGEST.matcher(subject).matches() ? Hash.parse(subject) : digestOf(Path.of(subject));
        Anchor anchor;
        try {
            anchor = new Anchor(digest, memo);
        } catch (IllegalArgumentException e) {
            throw new WalletException(ExitCode.USAGE, "The memo cannot be used: " + e.getMessage() + ".", e);
        }
        Account sender = session.accounts().account(name);
        JsonObject description = new JsonObject()
                .put("sender", session.node().network().format(sender.address()))
                .put("digest", digest.toString())
                .put("memo", memo);
        return submit(session, sender, anchor, description, "Anchored " + digest + " for " + name);
    }

    private static Hash digestOf(Path file) {
        MessageDigest digest = Sha256.newDigest();
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
            }
            return Hash.of(digest.digest());
        } catch (IOException e) {
            throw new WalletException(
                    ExitCode.FAILURE,
                    "'" + file + "' is neither a digest of 64 hexadecimal digits nor a file that can be read ("
                            + e.getClass().getSimpleName() + ").",
                    e);
        }
    }
}
