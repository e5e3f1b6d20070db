package synod.node.rpc.subscription;

import java.util.Optional;

/** A connection that can carry notifications. */
public interface Subscriber {
    /**
     * Subscribes it to a topic. Events from now on are delivered, but not before the answer to the current message.
     *
     * @return the subscription's id; empty if the connection has as many as it may
     */
    Optional<String> subscribe(Topic topic);

    /** Ends a subscription; false if this connection has none of this id. */
    boolean unsubscribe(String id);
}
