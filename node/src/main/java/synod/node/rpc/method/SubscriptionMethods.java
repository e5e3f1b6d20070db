package synod.node.rpc.method;

import java.util.List;
import synod.node.rpc.jsonrpc.Call;
import synod.node.rpc.jsonrpc.ErrorCode;
import synod.node.rpc.jsonrpc.Method;
import synod.node.rpc.jsonrpc.Param;
import synod.node.rpc.jsonrpc.ResultType;
import synod.node.rpc.jsonrpc.RpcException;
import synod.node.rpc.result.NodeJson.Done;
import synod.node.rpc.subscription.Subscriber;
import synod.node.rpc.subscription.Topic;

/** {@code ledger_subscribe} and {@code ledger_unsubscribe}, for connections that can carry notifications. */
public final class SubscriptionMethods {
    private static final Param<String> TOPIC = Param.choice("topic", "What to hear of", Topic.labels());
    private static final Param<String> SUBSCRIPTION =
            Param.text("subscription", "The subscription's id, as ledger_subscribe gave it", 20);

    private SubscriptionMethods() {}

    /** A subscription, by its id. */
    public record Subscribed(String subscription) {}

    /** The declarations. */
    public static List<Method> methods() {
        return List.of(
                Method.of(
                                "ledger_subscribe",
                                "Over WebSocket: notifies of events, as method ledger_subscription with params"
                                        + " {subscription, topic, event}.",
                                List.of(TOPIC),
                                ResultType.of(Subscribed.class),
                                SubscriptionMethods::subscribe)
                        .failingWith(ErrorCode.INVALID_REQUEST),
                Method.of(
                                "ledger_unsubscribe",
                                "Over WebSocket: ends a subscription.",
                                List.of(SUBSCRIPTION),
                                ResultType.of(Done.class),
                                SubscriptionMethods::unsubscribe)
                        .failingWith(ErrorCode.INVALID_REQUEST, ErrorCode.NOT_FOUND));
    }

    private static Subscribed subscribe(Call call) throws RpcException {
        Topic topic = Topic.of(call.arguments().get(TOPIC));
        return subscriber(call)
                .subscribe(topic)
                .map(Subscribed::new)
                .orElseThrow(() -> new RpcException(
                        ErrorCode.TOO_BUSY, "subscriptions", "this connection has as many subscriptions as it may"));
    }

    private static Done unsubscribe(Call call) throws RpcException {
        String id = call.arguments().get(SUBSCRIPTION);
        if (!subscriber(call).unsubscribe(id)) {
            throw new RpcException(
                    ErrorCode.NOT_FOUND, "unknown-subscription", "this connection has no subscription '" + id + "'");
        }
        return new Done();
    }

    private static Subscriber subscriber(Call call) throws RpcException {
        return call.session()
                .subscriber()
                .orElseThrow(() -> new RpcException(
                        ErrorCode.INVALID_REQUEST,
                        "websocket-only",
                        "subscriptions need a WebSocket connection: connect to /ws on the same port"));
    }
}
