package synod.testnet.bench;

import java.util.Locale;
import synod.testnet.network.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a benchmark of a network found.
 *
 * @param finalityKind what the assurance of a counted block rests on
 * @param seconds how long was measured
 * @param outstanding payments on their way at any time
 * @param latencies of the payments that were counted, each from its submission until its client knew of its block
 * @param nodeCpuSeconds processor time of all nodes together meanwhile
 * @param clientCpuSeconds processor time of the clients
 */
public record ConsensusReport(
        String engine,
        String finalityKind,
        int nodes,
        int outstanding,
        double seconds,
        int blocks,
        Latencies latencies,
        double nodeCpuSeconds,
        double clientCpuSeconds) {

    private double transfersPerSecond() {
        return latencies.count() / seconds;
    }

    private double per1000(double cpuSeconds) {
        return latencies.count() == 0 ? Double.NaN : 1_000 * cpuSeconds / latencies.count();
    }

    private double transfersPerBlock() {
        return blocks == 0 ? 0 : (double) latencies.count() / blocks;
    }

    /** For programs. */
    public ObjectNode json() {
        ObjectNode json = Json.object()
                .put("engine", engine)
                .put("finality", finalityKind)
                .put("nodes", nodes)
                .put("outstanding", outstanding)
                .put("seconds", rounded(seconds))
                .put("transfers", latencies.count())
                .put("transfersPerSecond", rounded(transfersPerSecond()))
                .put("blocks", blocks)
                .put("transfersPerBlock", rounded(transfersPerBlock()));
        json.putObject("latencyMillis")
                .put("p50", rounded(latencies.millis(0.5)))
                .put("p95", rounded(latencies.millis(0.95)))
                .put("p99", rounded(latencies.millis(0.99)))
                .put("max", rounded(latencies.millis(1)));
        json.putObject("cpuSecondsPer1000Transfers")
                .put("nodes", rounded(per1000(nodeCpuSeconds)))
                .put("client", rounded(per1000(clientCpuSeconds)));
        return json.put("processors", Runtime.getRuntime().availableProcessors())
                .put("jdk", Runtime.version().toString());
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }

    /** For people. */
    public String text() {
        return String.format(
                Locale.ROOT,
                """
                Engine %s, %d nodes and the clients on %d processors, %d payments outstanding, %.1f s
                transfers        %,d in %,d blocks, %.0f a block
                rate             %,.0f transfers/s, %s
                latency          p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, longest %.1f ms
                processor time   %.3f s per 1,000 transfers in the nodes, %.3f s in the clients""",
                engine,
                nodes,
                Runtime.getRuntime().availableProcessors(),
                outstanding,
                seconds,
                latencies.count(),
                blocks,
                transfersPerBlock(),
                transfersPerSecond(),
                finalityKind.equals("probabilistic")
                        ? "in a block, which work could undo"
                        : "final (" + finalityKind + ")",
                latencies.millis(0.5),
                latencies.millis(0.95),
                latencies.millis(0.99),
                latencies.millis(1),
                per1000(nodeCpuSeconds),
                per1000(clientCpuSeconds));
    }
}
