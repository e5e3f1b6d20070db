package synod.node.rpc.http;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.node.metrics.NodeMetrics;
import synod.node.rpc.jsonrpc.Json;
import synod.node.rpc.port.NodePort;
import synod.node.rpc.port.NodePort.Health;
import synod.node.rpc.port.NodePort.Phase;

/** The two resources beside JSON-RPC: {@code /health} for supervisors and {@code /metrics} for Prometheus. */
public final class Pages {
    private static final Logger LOG = LoggerFactory.getLogger(Pages.class);
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final NodePort node;
    private final NodeMetrics metrics;

    /** The pages of this node. */
    public Pages(NodePort node, NodeMetrics metrics) {
        this.node = node;
        this.metrics = metrics;
    }

    private record HealthForm(String status, String activity) {}

    /** 200 while the node serves and blocks can be decided, else 503. */
    FullHttpResponse health() {
        Health health = node.health();
        String json = Json.MAPPER.writeValueAsString(
                new HealthForm(health.phase().name().toLowerCase(Locale.ROOT), health.activity()));
        HttpResponseStatus status =
                health.phase() == Phase.READY ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE;
        return Responses.text(status, Responses.JSON, json);
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
