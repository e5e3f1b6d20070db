package synod.node.rpc.subscription;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.node.replica.ReplicaClient;
import synod.node.replica.ReplicaEvent;

/**
 * Takes events from the replica's thread into one bounded queue, renders each once on a thread of its own, and hands it
 * to the subscriptions. If the queue overflows, subscribers are cut off with a reason: none misses an event unknowingly.
 */
public final class EventHub implements AutoCloseable {
    /** Events that may wait to be rendered. */
    static final int QUEUE_LIMIT = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);

    private final EventRenderer renderer;
    private final BlockingQueue<ReplicaEvent> queue = new ArrayBlockingQueue<>(QUEUE_LIMIT);
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean overflown = new AtomicBoolean();
    private final Runnable unsubscribe;
    private final Thread thread;

    /** Makes the JSON of what an event says under each topic. */
    @FunctionalInterface
    public interface EventRenderer {
        /**
         * Renders an event. May ask the replica and wait.
         *
         * @return nothing if no one of the wanted topics is concerned
         */
        List<Rendered> render(ReplicaEvent event, Set<Topic> wanted) throws InterruptedException;
    }

    /** An event as JSON. */
    public record Rendered(Topic topic, String json) {}

    /** A hub that listens to this replica until it is closed. */
    public EventHub(ReplicaClient replica, EventRenderer renderer) {
        this.renderer = renderer;
        this.thread = Thread.ofVirtual().name("rpc-events").start(this::run);
        this.unsubscribe = replica.subscribe(this::heard);
    }

    /** Adds a subscription. */
    public void add(Subscription subscription) {
        subscriptions.add(subscription);
    }

    /** Removes a subscription. */
    public void remove(Subscription subscription) {
        subscriptions.remove(subscription);
    }

    /** How many there are. */
    public int count() {
        return subscriptions.size();
    }

    private void heard(ReplicaEvent event) {
        if (!subscriptions.isEmpty() && !queue.offer(event)) {
            overflown.set(true);
        }
    }

    private void run() {
        try {
            while (true) {
                ReplicaEvent event = queue.take();
                if (overflown.getAndSet(false)) {
                    queue.clear();
                    endAll("events came faster than they could be sent; subscribe again and read the head");
                } else {
                    deliver(event);
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("no more events");
        }
    }

    private void deliver(ReplicaEvent event) throws InterruptedException {
        Set<Topic> wanted = ConcurrentHashMap.newKeySet();
        subscriptions.forEach(subscription -> wanted.add(subscription.topic()));
        try {
            for (Rendered rendered : renderer.render(event, wanted)) {
                for (Subscription subscription : subscriptions) {
                    if (subscription.topic() == rendered.topic()) {
                        subscription.deliver(rendered.json());
                    }
                }
            }
        } catch (RuntimeException e) {
            LOG.error("an event could not be told to subscribers", e);
            endAll("an event was lost by a defect of this node; subscribe again and read the head");
        }
    }

    private void endAll(String reason) {
        for (Subscription subscription : subscriptions) {
            subscriptions.remove(subscription);
            subscription.end(reason);
        }
    }

    /** Stops listening and cuts off the subscribers. */
    @Override
    public void close() {
        unsubscribe.run();
        thread.interrupt();
        endAll("this node stops");
    }
}
