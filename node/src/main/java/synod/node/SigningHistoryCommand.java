package synod.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import synod.consensus.pos.SigningHistory;
import synod.node.config.NodeConfigFile;
import synod.node.runtime.SigningHistoryFile;

/** {@code synod node signing-history}. */
@Command(
        name = "signing-history",
        mixinStandardHelpOptions = true,
        description = {
            "Takes what a validator's key has signed to another machine, so that it never contradicts itself there.",
            "The node must not be running. Import before the first start from a backup, and on every machine that the key"
                    + " moves to; what is known there already is never forgotten."
        },
        subcommands = {SigningHistoryCommand.Export.class, SigningHistoryCommand.Import.class},
        synopsisSubcommandLabel = "export|import")
final class SigningHistoryCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "Export or import? See synod node signing-history --help.");
    }

    /** What both have in common. */
    abstract static class OfANode implements Callable<Integer> {
        @Option(
                names = {"-c", "--config"},
                defaultValue = "node.json",
                paramLabel = "FILE",
                description = "The node's config file (default: ${DEFAULT-VALUE}).")
        private Path config = Path.of("node.json");

        @Parameters(paramLabel = "FILE", description = "The file of the history (JSON, as EIP-3076 does it).")
        private Path file = Path.of("signing-history.json");

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public final Integer call() throws Exception {
            try (SigningHistoryFile node = SigningHistoryFile.open(NodeConfigFile.read(config))) {
                Objects.requireNonNull(spec).commandLine().getOut().println(carryOut(node, file));
            }
            return 0;
        }

        abstract String carryOut(SigningHistoryFile node, Path chosen) throws Exception;

        static String describe(SigningHistory history) {
            return "last slot " + shown(history.slot()) + ", last vote from epoch " + shown(history.sourceEpoch())
                    + " to epoch " + shown(history.targetEpoch());
        }

        private static String shown(long value) {
            return value < 0 ? "none" : Long.toString(value);
        }
    }

    /** Writes it. */
    @Command(name = "export", mixinStandardHelpOptions = true, description = "Writes the history to a file.")
    static final class Export extends OfANode {
        @Override
        String carryOut(SigningHistoryFile node, Path chosen) throws IOException {
            Files.writeString(chosen, node.json());
            return "Wrote " + chosen + ": " + describe(node.history()) + ".";
        }
    }

    /** Reads it. */
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description = "Takes a file's history over: the key signs nothing any more that might contradict it.")
    static final class Import extends OfANode {
        @Override
        String carryOut(SigningHistoryFile node, Path chosen) throws Exception {
            node.take(Files.readString(chosen));
            return "Took " + chosen + " over: " + describe(node.history()) + ".";
        }
    }
}
