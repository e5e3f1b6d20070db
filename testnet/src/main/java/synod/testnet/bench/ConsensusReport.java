package synod.testnet.bench;

import java.util.Locale;
import synod.consensus.Finality;
import synod.testnet.network.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a benchmark of a network found.
 *
 * @param finalityKind what the assurance of a counted block rests on, or of one that is final where finality follows
 * @param seconds how long was measured
 * @param outstanding payments on their way at any time
 * @param latencies of the payments that were counted, each from its submission until its client knew of its block
 * @param finality of the payments that became final meanwhile, each from its submission, where finality follows later;
 *     else of none
 * @param nodeCpuSeconds processor time of all nodes together meanwhile
 * @param clientCpuSeconds processor time of the clients
 */
public record ConsensusReport(
        String engine,
        Finality.Kind finalityKind,
        int nodes,
        int outstanding,
        double seconds,
        int blocks,
        Latencies latencies,
        Latencies finality,
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
                .put("finality", finalityKind.code())
                .put("nodes", nodes)
                .put("outstanding", outstanding)
                .put("seconds", rounded(seconds))
                .put("transfers", latencies.count())
                .put("transfersPerSecond", rounded(transfersPerSecond()))
                .put("blocks", blocks)
                .put("transfersPerBlock", rounded(transfersPerBlock()));
        json.set("latencyMillis", json(latencies));
        if (finality.count() > 0) {
            json.set("finalityLatencyMillis", json(finality));
        }
        json.putObject("cpuSecondsPer1000Transfers")
                .put("nodes", rounded(per1000(nodeCpuSeconds)))
                .put("client", rounded(per1000(clientCpuSeconds)));
        return json.put("processors", Runtime.getRuntime().availableProcessors())
                .put("jdk", Runtime.version().toString());
    }

    private static ObjectNode json(Latencies latencies) {
        return Json.object()
                .put("p50", rounded(latencies.millis(0.5)))
                .put("p95", rounded(latencies.millis(0.95)))
                .put("p99", rounded(latencies.millis(0.99)))
                .put("max", rounded(latencies.millis(1)));
    }

    private static String text(Latencies latencies) {
        return String.format(
                Locale.ROOT,
                "p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, longest %.1f ms",
                latencies.millis(0.5),
                latencies.millis(0.95),
                latencies.millis(0.99),
                latencies.millis(1));
    }

    private String assurance() {
        return switch (finalityKind) {
            case PROBABILISTIC -> "in a block, which work could undo";
            case ECONOMIC -> "in a block, which is not final yet";
            case BYZANTINE, CRASH -> "final (" + finalityKind.code() + ")";
        };
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
                latency          %s%s
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
                assurance(),
                text(latencies),
                finality.count() == 0 ? "" : "\nto finality      " + text(finality),
                per1000(nodeCpuSeconds),
                per1000(clientCpuSeconds));
    }
}
