package synod.node;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import synod.node.config.NodeConfig;
import synod.node.config.NodeConfigFile;
import synod.node.runtime.Node;

/** {@code synod node run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs a node in the foreground until it is interrupted or terminated.")
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
    private static final int FAILURE = 1;
    private static final long STOP_SECONDS = 10;

    @Option(
            names = {"-c", "--config"},
            defaultValue = "node.json",
            paramLabel = "FILE",
            description = "The node's config file (default: ${DEFAULT-VALUE}).")
    private Path config = Path.of("node.json");

    @Option(
            names = "--stratum",
            paramLabel = "[HOST:]PORT",
            description = "Let miners connect here (Stratum v1); without HOST only those of this machine.")
    private @Nullable String stratum;

    @Option(
            names = "--checkpoint",
            paramLabel = "HEIGHT:ID",
            description =
                    "Under proof of stake: follow only a chain with this block, the head of a node that you trust."
                            + " Needed by a node that is new or was away for longer than the unbonding delay.")
    private @Nullable String checkpoint;

    @Override
    public Integer call() throws Exception {
        NodeConfig read = NodeConfigFile.read(config);
        if (stratum != null) {
            read = read.withStratum(stratum);
        }
        if (checkpoint != null) {
            read = read.withCheckpoint(checkpoint);
        }
        Node node = Node.start(read);
        Thread closer = new Thread(node::close, "shutdown");
        Runtime.getRuntime().addShutdownHook(closer);
        Optional<Throwable> defect = node.ended().join();
        defect.ifPresent(cause -> LOG.error("the node ends: {}", NodeMain.sentence(cause)));
        Thread stopping = Thread.ofPlatform().daemon().start(node::close);
        stopping.join(java.time.Duration.ofSeconds(STOP_SECONDS));
        if (defect.isPresent()) {
            // the disk may be the very thing that failed: do not wait for it
            Runtime.getRuntime().halt(FAILURE);
        }
        return 0;
    }
}
