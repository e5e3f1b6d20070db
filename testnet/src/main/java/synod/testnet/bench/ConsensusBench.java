package synod.testnet.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import synod.consensus.Finality;
import synod.testnet.network.Json;
import synod.testnet.network.NodeRpc;
import synod.testnet.network.Testnet;
import synod.testnet.network.TestnetDescription;
import synod.testnet.network.TestnetException;
import synod.testnet.proof.Agreement;
import synod.testnet.proof.ProofFailure;

/**
 * Measures how many signed transfers a network settles, how long a client waits for one, and what that costs. Each node
 * checks each signature, executes each block and compares its roots; in the end all must agree.
 */
public final class ConsensusBench {
    private static final Duration TIME_TO_AGREE = Duration.ofSeconds(60);
    private static final Duration RPC_TIMEOUT = Duration.ofSeconds(10);

    /** So many payments a second are signed beforehand; beyond that clients sign on the way. */
    private static final int SIGNED_PER_SECOND = 5_000;

    private static final int SIGNED_PER_CLIENT_AND_SECOND = 500;
    private static final int MAX_SIGNED = 200_000;

    private final Testnet testnet;
    private final BenchAccounts accounts;
    private final Consumer<String> progress;

    /**
     * A benchmark of a network whose nodes run.
     *
     * @param progress hears what is being done
     */
    public ConsensusBench(Testnet testnet, BenchAccounts accounts, Consumer<String> progress) {
        this.testnet = testnet;
        this.accounts = accounts;
        this.progress = progress;
    }

    /**
     * Runs the load for a while, then measures it.
     *
     * @throws ProofFailure if a payment is refused, or the nodes do not agree in the end
     */
    public ConsensusReport run(int warmUpSeconds, int seconds) {
        TestnetDescription network = testnet.description();
        Finality.Kind kind = finalityKind(network);
        int perSecond = Math.min(SIGNED_PER_SECOND, accounts.count() * SIGNED_PER_CLIENT_AND_SECOND);
        int signed = Math.min(MAX_SIGNED, (warmUpSeconds + seconds) * perSecond);
        progress.accept("signing " + signed + " payments");
        try (ConsensusLoad load = ConsensusLoad.connect(network, accounts, kind, signed)) {
            progress.accept("warming up for " + warmUpSeconds + " s");
            load.run(warmUpSeconds);
            progress.accept("measuring for " + seconds + " s");
            double nodesBefore = nodeCpuSeconds(network);
            double clientBefore = cpuSeconds(ProcessHandle.current());
            ConsensusLoad.Measurement measured = load.run(seconds);
            double nodeCpu = nodeCpuSeconds(network) - nodesBefore;
            double clientCpu = cpuSeconds(ProcessHandle.current()) - clientBefore;
            Agreement.await(testnet, TIME_TO_AGREE);
            return new ConsensusReport(
                    network.engine(),
                    kind,
                    network.nodes().size(),
                    accounts.count(),
                    measured.seconds(),
                    measured.blocks,
                    measured.latencies,
                    measured.finality,
                    nodeCpu,
                    clientCpu);
        } catch (IOException e) {
            throw TestnetException.failure("The clients cannot reach the nodes: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TestnetException.failure("Interrupted.", e);
        }
    }

    private static Finality.Kind finalityKind(TestnetDescription network) {
        try {
            String kind = new NodeRpc(network.nodes().getFirst().rpc(), RPC_TIMEOUT)
                    .call("ledger_getHead", Json.object())
                    .path("finality")
                    .path("kind")
                    .asString();
            return Finality.Kind.valueOf(kind.toUpperCase(Locale.ROOT));
        } catch (IOException | NodeRpc.ErrorAnswer e) {
            throw TestnetException.failure("The first node does not answer: " + e.getMessage(), e);
        }
    }

    private static double nodeCpuSeconds(TestnetDescription network) {
        return network.nodes().stream()
                .flatMap(node -> node.pid().stream())
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .mapToDouble(ConsensusBench::cpuSeconds)
                .sum();
    }

    private static double cpuSeconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }
}
