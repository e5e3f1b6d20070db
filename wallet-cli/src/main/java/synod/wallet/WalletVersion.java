package synod.wallet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote beside the classes. */
final class WalletVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        try (InputStream in =
                Objects.requireNonNull(WalletVersion.class.getResourceAsStream("version.txt"), "version.txt")) {
            return new String[] {"synod " + new String(in.readAllBytes(), StandardCharsets.UTF_8).strip()};
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read version.txt from the program's own jar", e);
        }
    }
}
