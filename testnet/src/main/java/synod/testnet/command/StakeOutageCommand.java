package synod.testnet.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import synod.chain.Amount;
import synod.chain.stake.StakeSnapshot;
import synod.chain.stake.Staker;
import synod.genesis.EngineParameters;
import synod.genesis.Genesis;
import synod.genesis.NodeKeys;
import synod.genesis.Preset;
import synod.testnet.network.NetworkWait;
import synod.testnet.network.Testnet;
import synod.testnet.network.TestnetException;
import synod.testnet.proof.StakeOutage;
import tools.jackson.databind.node.ObjectNode;

/** Runs {@link StakeOutage}. */
@Command(
        name = "stake-outage",
        description = "Four validators; one third of the stake is off for a while: blocks go on, finality waits and"
                + " says why; when it is back, finality catches up within two epochs.")
final class StakeOutageCommand extends OwnNetworkCommand {
    private static final int NODES = 4;
    private static final int MAX_SECONDS = 24 * 3_600;

    /** Of six parts; with the first node's two off exactly two thirds are left, which is not more than two thirds. */
    private static final List<Integer> PARTS = List.of(2, 1, 1, 2);

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            description = "How long it is off. Default: ${DEFAULT-VALUE}.",
            defaultValue = "180")
    private int seconds;

    StakeOutageCommand(Environment environment) {
        super(environment);
    }

    @Override
    String carryOut(Testnet testnet, Consumer<String> out, ObjectNode result) {
        if (seconds < 1 || seconds > MAX_SECONDS) {
            throw TestnetException.usage("--seconds is " + seconds + "; it must be 1 to " + MAX_SECONDS + ".");
        }
        testnet.create(NODES, false, keys -> genesis(System.currentTimeMillis(), keys));
        new NetworkWait(testnet, NetworkWait.PATIENCE, _ -> {}).awaitNetwork(testnet.startAll());
        StakeOutage.Outcome outcome = new StakeOutage(
                        testnet, testnet.genesis().rules().stake().orElseThrow().clock(), out)
                .run(Duration.ofSeconds(seconds));
        result.put("seconds", seconds)
                .put("blocksMeanwhile", outcome.blocks())
                .put("saidMeanwhile", outcome.activity())
                .put("epochsToCatchUp", outcome.epochs())
                .put("caughtUpMillis", outcome.millis());
        return "Without a third of the stake " + outcome.blocks()
                + " blocks were made and nothing became final; when it was back, finality caught up in "
                + outcome.epochs() + " epochs (" + outcome.millis() + " ms).";
    }

    private static Genesis genesis(long nowMillis, List<NodeKeys> keys) {
        Genesis equal = Preset.DEV.pos(nowMillis, keys);
        if (!(equal.engine() instanceof EngineParameters.Pos(var parameters, var _))) {
            throw new IllegalStateException("a network by stake is decided by " + equal.engine());
        }
        List<Staker> stakers = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            Amount stake = new Amount(PARTS.get(i) * Preset.STAKED_COINS.units());
            stakers.add(new Staker(keys.get(i).signing(), keys.get(i).vrf(), stake));
        }
        return new Genesis(
                equal.name(),
                equal.addressPrefix(),
                equal.development(),
                equal.timeMillis(),
                new EngineParameters.Pos(parameters, StakeSnapshot.of(stakers)),
                equal.rules(),
                equal.allocations());
    }
}
