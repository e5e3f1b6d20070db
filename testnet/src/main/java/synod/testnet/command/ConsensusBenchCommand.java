package synod.testnet.command;

import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import synod.genesis.Preset;
import synod.testnet.bench.BenchAccounts;
import synod.testnet.bench.ConsensusBench;
import synod.testnet.bench.ConsensusReport;
import synod.testnet.network.NetworkWait;
import synod.testnet.network.Testnet;
import synod.testnet.network.TestnetException;
import tools.jackson.databind.node.ObjectNode;

/** Runs {@link ConsensusBench}. */
@Command(
        name = "consensus",
        description = "How many signed transfers a local network settles, how long a client waits for one, and what"
                + " that costs. Every node checks every signature.",
        footer = {"", "Example: synod bench consensus --engine pbft --seconds 20 --outstanding 1"})
final class ConsensusBenchCommand extends OwnNetworkCommand {
    private static final int MAX_NODES = 16;
    private static final int MAX_OUTSTANDING = 10_000;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description = "Which engine decides blocks. Default: ${DEFAULT-VALUE}.",
            defaultValue = "pbft")
    private String engine = "pbft";

    @Option(names = "--nodes", paramLabel = "COUNT", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "4")
    private int nodes;

    @Option(
            names = "--seconds",
            paramLabel = "COUNT",
            description = "How long to measure. Default: ${DEFAULT-VALUE}.",
            defaultValue = "20")
    private int seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "COUNT",
            description = "Seconds under load before that. Default: ${DEFAULT-VALUE}.",
            defaultValue = "10")
    private int warmUp;

    @Option(
            names = "--outstanding",
            paramLabel = "COUNT",
            description = "Clients, each with one payment on its way. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1000")
    private int outstanding;

    ConsensusBenchCommand(Environment environment) {
        super(environment);
    }

    @Override
    String carryOut(Testnet testnet, Consumer<String> out, ObjectNode result) {
        within("--nodes", nodes, MAX_NODES);
        within("--seconds", seconds, 3_600);
        within("--warm-up", warmUp, 3_600);
        within("--outstanding", outstanding, MAX_OUTSTANDING);
        if (!Preset.engines().contains(engine)) {
            throw TestnetException.usage(
                    "There is no engine '" + engine + "'; there are " + String.join(", ", Preset.engines()) + ".");
        }
        BenchAccounts accounts = new BenchAccounts(outstanding);
        testnet.create(
                nodes, true, keys -> accounts.fund(Preset.DEV.genesis(engine, System.currentTimeMillis(), keys)));
        new NetworkWait(testnet, NetworkWait.PATIENCE, _ -> {}).awaitNetwork(testnet.startAll());
        ConsensusReport report = new ConsensusBench(testnet, accounts, out).run(warmUp, seconds);
        result.setAll(report.json());
        return report.text();
    }

    private static void within(String option, int value, int max) {
        if (value < 1 || value > max) {
            throw TestnetException.usage(option + " is " + value + "; it must be 1 to " + max + ".");
        }
    }
}
