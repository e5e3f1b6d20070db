package synod.node;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import synod.crypto.Address;
import synod.crypto.PublicKey;
import synod.crypto.SigningKey;
import synod.crypto.VrfKey;
import synod.node.config.NodeKey;
import synod.p2p.NodeId;

/** {@code synod node key}. */
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        description =
                "Shows a node's public keys, making the key if there is none: what a genesis file lists as a member or, with"
                        + " the VRF key that follows from the same secret, as a validator.")
final class KeyCommand implements Callable<Integer> {
    @Option(names = "--dir", required = true, paramLabel = "DIR", description = "The node's directory.")
    private Path directory = Path.of(".");

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            description = "Also show the key's own address on networks with this address prefix.")
    private @Nullable String prefix;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(directory);
        SigningKey secret = NodeKey.loadOrCreate(directory.resolve("node.key"));
        PublicKey key = secret.publicKey();
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.println("public key  " + key);
        out.println("VRF key     " + VrfKey.ofSigningKey(secret).publicKey());
        out.println("node id     " + NodeId.of(key));
        Optional.ofNullable(prefix)
                .ifPresent(text -> out.println("address     " + Address.of(key).format(text)));
        return 0;
    }
}
