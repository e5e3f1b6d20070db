package synod.node;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import synod.node.config.NodeConfig;
import synod.node.config.NodeConfigFile;
import synod.node.runtime.Node;

/** {@code synod node reindex}. */
@Command(
        name = "reindex",
        mixinStandardHelpOptions = true,
        description =
                "Deletes the index, so that the next run makes it again from the journal. The node must not be running.")
final class ReindexCommand implements Callable<Integer> {
    @Option(
            names = {"-c", "--config"},
            defaultValue = "node.json",
            paramLabel = "FILE",
            description = "The node's config file (default: ${DEFAULT-VALUE}).")
    private Path config = Path.of("node.json");

    @Spec
    private @org.jspecify.annotations.Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        NodeConfig node = NodeConfigFile.read(config);
        Node.discardIndex(node);
        java.util.Objects.requireNonNull(spec)
                .commandLine()
                .getOut()
                .println("The index of " + node.name()
                        + " is deleted; the next `synod node run` makes it again from the" + " journal.");
        return 0;
    }
}
