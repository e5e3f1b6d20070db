package synod.testnet.command;

import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import synod.consensus.pbft.PbftConsensus;
import synod.genesis.Preset;
import synod.testnet.network.NetworkWait;
import synod.testnet.network.Testnet;
import synod.testnet.network.TestnetException;
import synod.testnet.proof.LeaderCrashes;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs {@link LeaderCrashes}. */
@Command(
        name = "leader-crashes",
        description =
                "Four members; the one that leads killed while transactions flow to all, and started again when the"
                        + " others go on without it. Round after round. No acknowledged transaction is lost; says how long service"
                        + " was interrupted.")
final class LeaderCrashesCommand extends OwnNetworkCommand {
    private static final int NODES = 4;

    @Option(names = "--rounds", paramLabel = "COUNT", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "20")
    private int rounds;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            description = "Decides when the leader is killed. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private long seed;

    LeaderCrashesCommand(Environment environment) {
        super(environment);
    }

    @Override
    String carryOut(Testnet testnet, Consumer<String> out, ObjectNode result) {
        if (rounds < 1) {
            throw TestnetException.usage("--rounds is " + rounds + "; there must be at least one.");
        }
        testnet.create(NODES, false, keys -> Preset.DEV.genesis(PbftConsensus.NAME, System.currentTimeMillis(), keys));
        new NetworkWait(testnet, NetworkWait.PATIENCE, _ -> {}).awaitNetwork(testnet.startAll());
        LeaderCrashes.Outcome outcome = new LeaderCrashes(testnet, seed, out).run(rounds);
        result.put("rounds", rounds).put("acknowledged", outcome.acknowledged()).put("lost", 0);
        ObjectNode resume = result.putObject("resumeMillis")
                .put("p50", outcome.resumeMillis().percentile(50))
                .put("p95", outcome.resumeMillis().percentile(95))
                .put("max", outcome.resumeMillis().percentile(100));
        ArrayNode all = resume.putArray("all");
        outcome.resumeMillis().millis().forEach(all::add);
        return rounds + " leaders killed; " + outcome.acknowledged()
                + " transactions acknowledged, none lost. Service resumed: " + outcome.resumeMillis() + ".";
    }
}
