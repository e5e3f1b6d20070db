package synod.testnet.command;

import java.util.Locale;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import synod.testnet.network.Testnet;
import synod.testnet.network.TestnetException;
import synod.testnet.proof.LateJoiner;
import tools.jackson.databind.node.ObjectNode;

/** Runs {@link LateJoiner}. */
@Command(
        name = "late-joiner",
        description = "A node that knows only the genesis fetches a long chain from three others; says how fast.")
final class LateJoinerCommand extends OwnNetworkCommand {
    @Option(
            names = "--blocks",
            paramLabel = "COUNT",
            description = "How long the chain is. Default: ${DEFAULT-VALUE}.",
            defaultValue = "20000")
    private int blocks;

    @Option(
            names = "--transfers",
            paramLabel = "COUNT",
            description = "How many transfers each block has. Default: ${DEFAULT-VALUE}.",
            defaultValue = "3")
    private int transfers;

    LateJoinerCommand(Environment environment) {
        super(environment);
    }

    @Override
    String carryOut(Testnet testnet, Consumer<String> out, ObjectNode result) {
        if (blocks < 1 || transfers < 0) {
            throw TestnetException.usage("--blocks must be at least 1, and --transfers at least 0.");
        }
        LateJoiner.Result measured = new LateJoiner(testnet, out).run(blocks, transfers);
        result.put("blocks", measured.blocks())
                .put("transactions", measured.transactions())
                .put("seconds", measured.seconds())
                .put("blocksPerSecond", measured.blocksPerSecond())
                .put("transactionsPerSecond", measured.transactionsPerSecond());
        return String.format(
                Locale.ROOT,
                "The late node caught up with %d blocks and %d transactions in %.1f s: %.0f blocks/s, %.0f"
                        + " transactions/s.",
                measured.blocks(),
                measured.transactions(),
                measured.seconds(),
                measured.blocksPerSecond(),
                measured.transactionsPerSecond());
    }
}
