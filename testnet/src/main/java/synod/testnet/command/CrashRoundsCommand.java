package synod.testnet.command;

import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import synod.consensus.pow.PowConsensus;
import synod.genesis.Preset;
import synod.testnet.network.NetworkWait;
import synod.testnet.network.Testnet;
import synod.testnet.network.TestnetException;
import synod.testnet.proof.CrashRounds;
import tools.jackson.databind.node.ObjectNode;

/** Runs {@link CrashRounds}. */
@Command(
        name = "crash-rounds",
        description = "Four nodes; two of them killed while transactions flow to all, and started again; then all agree"
                + " and no acknowledged transaction is lost. Round after round.")
final class CrashRoundsCommand extends OwnNetworkCommand {
    private static final int NODES = 4;

    @Option(names = "--rounds", paramLabel = "COUNT", description = "Default: ${DEFAULT-VALUE}.", defaultValue = "20")
    private int rounds;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            description = "Decides who is killed and when. Default: ${DEFAULT-VALUE}.",
            defaultValue = "1")
    private long seed;

    CrashRoundsCommand(Environment environment) {
        super(environment);
    }

    @Override
    String carryOut(Testnet testnet, Consumer<String> out, ObjectNode result) {
        if (rounds < 1) {
            throw TestnetException.usage("--rounds is " + rounds + "; there must be at least one.");
        }
        testnet.create(NODES, true, keys -> Preset.DEV.genesis(PowConsensus.NAME, System.currentTimeMillis(), keys));
        new NetworkWait(testnet, NetworkWait.PATIENCE, _ -> {}).awaitNetwork(testnet.startAll());
        int acknowledged = new CrashRounds(testnet, seed, out).run(rounds);
        result.put("rounds", rounds).put("acknowledged", acknowledged).put("lost", 0);
        return rounds + " rounds passed; " + acknowledged + " transactions acknowledged, none lost.";
    }
}
