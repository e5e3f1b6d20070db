package synod.node.rpc.http;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.consensus.EngineStatus;
import synod.node.metrics.NodeMetrics;
import synod.node.replica.ReplicaClient;
import synod.node.replica.ReplicaView;
import synod.node.rpc.jsonrpc.Json;
import synod.node.rpc.port.NodePort;
import synod.node.rpc.port.NodePort.Health;
import synod.node.rpc.port.NodePort.Phase;

/** The two resources beside JSON-RPC: {@code /health} for supervisors and {@code /metrics} for Prometheus. */
public final class Pages {
    private static final Logger LOG = LoggerFactory.getLogger(Pages.class);
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private static final int ANSWER_SECONDS = 5;

    private final NodePort node;
    private final ReplicaClient replica;
    private final NodeMetrics metrics;

    /** The pages of this node. */
    public Pages(NodePort node, ReplicaClient replica, NodeMetrics metrics) {
        this.node = node;
        this.replica = replica;
        this.metrics = metrics;
    }

    private record HealthForm(String status, String activity) {}

    /** 200 while the node serves and blocks can be decided, else 503. Waits for the replica, shortly. */
    FullHttpResponse health() {
        Health health = node.health();
        if (health.phase() == Phase.STARTING) {
            return unhealthy("starting", health.activity());
        }
        try {
            EngineStatus engine = replica.read(ReplicaView::engine).get(ANSWER_SECONDS, TimeUnit.SECONDS);
            return engine.halted()
                    ? unhealthy("halted", engine.activity())
                    : health(HttpResponseStatus.OK, new HealthForm("ready", engine.activity()));
        } catch (ExecutionException | TimeoutException e) {
            return unhealthy("stuck", "the replica has not answered for " + ANSWER_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Responses.refusal(Refusal.busy("stopping", "this node stops"));
        }
    }

    private static FullHttpResponse unhealthy(String status, String activity) {
        return health(HttpResponseStatus.SERVICE_UNAVAILABLE, new HealthForm(status, activity));
    }

    private static FullHttpResponse health(HttpResponseStatus code, HealthForm form) {
        return Responses.text(code, Responses.JSON, Json.MAPPER.writeValueAsString(form));
    }

    FullHttpResponse metrics() {
        try {
            return Responses.text(HttpResponseStatus.OK, PROMETHEUS, metrics.scrape());
        } catch (InterruptedException e) {
            LOG.debug("a scrape ended: the server stops");
            Thread.currentThread().interrupt();
            return Responses.refusal(Refusal.busy("stopping", "this node stops"));
        }
    }
}
