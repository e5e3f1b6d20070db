package synod.node.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import synod.node.replica.ReplicaClient;
import synod.node.replica.ReplicaEvent;
import synod.node.replica.ReplicaView;

/**
 * The node's meters. What the replica knows is read from it at each scrape, in one query; what it tells is counted as it
 * happens.
 */
public final class NodeMetrics implements AutoCloseable {
    private static final long READ_SECONDS = 2;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ReplicaClient replica;
    private volatile Optional<Reading> reading = Optional.empty();
    private final Counter adopted;
    private final Counter abandoned;
    private final DistributionSummary reorganisations;
    private final Counter finalized;
    private final Runnable unsubscribe;

    /**
     * Figures of the parts beside the replica; asked at each scrape, from any thread.
     *
     * @param inboxDepth inputs that wait for the replica
     */
    public record Sources(Supplier<Number> peers, Supplier<Number> hashesPerSecond, Supplier<Number> inboxDepth) {}

    private record Reading(
            long height,
            boolean syncing,
            long bestKnownHeight,
            int mempoolCount,
            long mempoolBytes,
            int members,
            int evidence,
            Map<String, String> engine) {
        static Reading of(ReplicaView view) {
            return new Reading(
                    view.blocks().head().height(),
                    view.sync().syncing(),
                    view.sync().bestKnownHeight(),
                    view.mempool().count(),
                    view.mempool().bytes(),
                    view.ledger().validators().size(),
                    view.evidence().size() + view.stakeEvidence().size(),
                    view.engine().details());
        }

        /** A figure of the engine; not a number if this engine has none of that name. */
        double figure(String name) {
            String text = engine.get(name);
            return text == null ? Double.NaN : Double.parseDouble(text);
        }
    }

    /** Meters of this replica and these parts. */
    public NodeMetrics(ReplicaClient replica, Sources sources) {
        this.replica = replica;
        gauge("synod.ledger.head.height.blocks", "Height of the head", Reading::height);
        gauge("synod.sync.best.height.blocks", "Highest header that a peer showed", Reading::bestKnownHeight);
        gauge("synod.sync.active.count", "1 while blocks are fetched", value -> value.syncing() ? 1 : 0);
        gauge("synod.mempool.transactions.count", "Waiting transactions", Reading::mempoolCount);
        gauge("synod.mempool.size.bytes", "Encoded size of the waiting transactions", Reading::mempoolBytes);
        gauge("synod.consensus.members.count", "Members who decide the next block", Reading::members);
        gauge("synod.consensus.evidence.count", "Contradictions of members or validators seen", Reading::evidence);
        gauge("synod.consensus.view.count", "Views begun before the one that is open", value -> value.figure("view"));
        gauge("synod.consensus.heard.count", "Members up, this one counted", value -> value.figure("heardOf"));
        gauge("synod.consensus.quorum.count", "Members that must be up", value -> value.figure("quorum"));
        gauge("synod.net.peers.count", "Connected peers", sources.peers());
        gauge("synod.miner.rate.hashes.per.second", "Speed of the nonce search", sources.hashesPerSecond());
        gauge("synod.replica.inbox.depth.inputs", "Inputs that wait for the replica", sources.inboxDepth());
        JvmMetrics.register(registry);
        adopted = counter("synod.ledger.adopted.blocks", "Blocks that joined the adopted branch");
        abandoned = counter("synod.ledger.abandoned.blocks", "Blocks that left the adopted branch");
        finalized = counter("synod.ledger.finalized.events", "Times that the engine finalized blocks");
        reorganisations = DistributionSummary.builder("synod.ledger.reorganisation.depth.blocks")
                .description("Blocks undone by each reorganisation")
                .register(registry);
        unsubscribe = replica.subscribe(this::count);
    }

    /** Where other parts of the node register their meters. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Counts and times a call of the JSON-RPC interface; neither text may come from outside. */
    public void rpcEnded(String method, String outcome, long nanos) {
        Timer.builder("synod.rpc.requests")
                .description("Calls by method and outcome")
                .tag("method", method)
                .tag("outcome", outcome)
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * All meters in Prometheus' text format. Waits for the replica, shortly: what it does not say in time is reported
     * as not a number.
     */
    public String scrape() throws InterruptedException {
        reading = read();
        return registry.scrape();
    }

    private Optional<Reading> read() throws InterruptedException {
        try {
            return Optional.of(replica.read(Reading::of).get(READ_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        }
    }

    private void count(ReplicaEvent event) {
        switch (event) {
            case ReplicaEvent.HeadChanged head -> {
                adopted.increment(head.adopted().size());
                abandoned.increment(head.abandoned().size());
                if (!head.abandoned().isEmpty()) {
                    reorganisations.record(head.abandoned().size());
                }
            }
            case ReplicaEvent.BlockFinalized _ -> finalized.increment();
            case ReplicaEvent.TransactionPending _ -> {
                // The mempool's gauges say how many wait.
            }
        }
    }

    private void gauge(String name, String description, ToDoubleFunction<Reading> figure) {
        gauge(name, description, () -> reading.map(figure::applyAsDouble).orElse(Double.NaN));
    }

    private void gauge(String name, String description, Supplier<Number> figure) {
        Gauge.builder(name, figure).description(description).register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    /** Stops listening to the replica. */
    @Override
    public void close() {
        unsubscribe.run();
        registry.close();
    }
}
