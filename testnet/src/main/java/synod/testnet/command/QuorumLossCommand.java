package synod.testnet.command;

import java.time.Duration;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import synod.consensus.pbft.PbftConsensus;
import synod.genesis.EngineParameters;
import synod.genesis.Preset;
import synod.testnet.network.NetworkWait;
import synod.testnet.network.Testnet;
import synod.testnet.network.TestnetException;
import synod.testnet.proof.QuorumLoss;
import tools.jackson.databind.node.ObjectNode;

/** Runs {@link QuorumLoss}. */
@Command(
        name = "quorum-loss",
        description =
                "Four members; two of them stand still for a while, and nothing is decided meanwhile; then they go"
                        + " on, and what waited is decided within one time-out.")
final class QuorumLossCommand extends OwnNetworkCommand {
    private static final int NODES = 4;
    private static final int MAX_SECONDS = 24 * 3_600;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            description = "How long they stand still. Default: ${DEFAULT-VALUE}.",
            defaultValue = "60")
    private int seconds;

    QuorumLossCommand(Environment environment) {
        super(environment);
    }

    @Override
    String carryOut(Testnet testnet, Consumer<String> out, ObjectNode result) {
        if (seconds < 1 || seconds > MAX_SECONDS) {
            throw TestnetException.usage("--seconds is " + seconds + "; it must be 1 to " + MAX_SECONDS + ".");
        }
        testnet.create(NODES, false, keys -> Preset.DEV.genesis(PbftConsensus.NAME, System.currentTimeMillis(), keys));
        new NetworkWait(testnet, NetworkWait.PATIENCE, _ -> {}).awaitNetwork(testnet.startAll());
        QuorumLoss.Outcome outcome =
                new QuorumLoss(testnet, out).run(Duration.ofSeconds(seconds), longestTimeoutMillis(testnet));
        result.put("seconds", seconds)
                .put("resumedMillis", outcome.resumedMillis())
                .put("saidMeanwhile", outcome.activity());
        return "Nothing was decided without a quorum; " + outcome.resumedMillis()
                + " ms after it was whole again, what waited was.";
    }

    private static long longestTimeoutMillis(Testnet testnet) {
        return switch (testnet.genesis().engine()) {
            case EngineParameters.Pbft pbft -> pbft.parameters().maxTimeoutMillis();
            case EngineParameters.Pow pow -> throw new IllegalStateException("a network without quorums: " + pow);
            case EngineParameters.Pos pos -> throw new IllegalStateException("stake decides here: " + pos);
        };
    }
}
