package synod.node.rpc.subscription;

import java.util.ArrayList;
import java.util.List;

/** One topic for one connection. Notifications are held back until the answer with its id is on its way. */
public final class Subscription {
    private final String id;
    private final Topic topic;
    private final Outlet outlet;
    private final List<String> held = new ArrayList<>();
    private boolean holding = true;

    /** A subscription that holds back what it gets. */
    public Subscription(String id, Topic topic, Outlet outlet) {
        this.id = id;
        this.topic = topic;
        this.outlet = outlet;
    }

    public String id() {
        return id;
    }

    public Topic topic() {
        return topic;
    }

    /** Sends what was held back, and from now on everything at once. */
    public synchronized void release() {
        holding = false;
        held.forEach(outlet::send);
        held.clear();
    }

    /** Notifies the subscriber of an event, given as JSON. */
    synchronized void deliver(String event) {
        String notification = "{\"jsonrpc\":\"2.0\",\"method\":\"ledger_subscription\",\"params\":{\"subscription\":\""
                + id + "\",\"topic\":\"" + topic.label() + "\",\"event\":" + event + "}}";
        if (!holding) {
            outlet.send(notification);
        } else if (held.size() < EventHub.QUEUE_LIMIT) {
            held.add(notification);
        } else {
            outlet.end("events came faster than the answer to the subscription");
        }
    }

    void end(String reason) {
        outlet.end(reason);
    }
}
