package synod.node.runtime;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import synod.chain.Rejection;
import synod.chain.Verified;
import synod.chain.transaction.Transaction;
import synod.node.replica.Input;
import synod.node.replica.Output;
import synod.node.replica.Replica;
import synod.node.replica.ReplicaClient;
import synod.node.replica.ReplicaEvent;
import synod.node.replica.ReplicaView;

/**
 * The one thread that runs the replica: takes inputs in order, keeps its timers, answers queries between inputs.
 *
 * <p>What comes from outside (peers, clients) waits for one of a bounded number of places in the queue; what the node
 * itself answers to the replica's own outputs never waits, and its number is bounded by theirs.
 */
final class ReplicaLoop implements ReplicaClient {
    private static final int OUTSIDE_PLACES = 4_096;

    private final Replica replica;
    private final NodeClock clock;
    private final Consumer<Throwable> onDefect;
    private final BlockingQueue<Task> queue = new LinkedBlockingQueue<>();
    private final Semaphore outsidePlaces = new Semaphore(OUTSIDE_PLACES);
    private final Timers timers = new Timers();
    private final AtomicLong tickets = new AtomicLong();
    private final Map<Long, CompletableFuture<Optional<Rejection>>> submissions = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<Consumer<ReplicaEvent>> subscribers = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private @Nullable OutputHandler outputs;
    private volatile boolean stopped;
    private volatile boolean stepping;

    /** Something to do on the replica's thread. */
    private interface Task {
        void run();

        /** The loop has ended without having come to this. */
        default void abandon() {}
    }

    /** A query, and where its answer goes. */
    private record Query<T>(Function<ReplicaView, T> function, ReplicaView view, CompletableFuture<T> answer)
            implements Task {
        @Override
        public void run() {
            try {
                answer.complete(function.apply(view));
            } catch (RuntimeException e) {
                // a query cannot change the replica, so its defect is its caller's
                answer.completeExceptionally(e);
            }
        }

        @Override
        public void abandon() {
            answer.completeExceptionally(hasStopped());
        }
    }

    /**
     * A loop that does not run yet.
     *
     * @param onDefect hears of an exception out of the replica or an output's handler; the loop has ended then
     */
    ReplicaLoop(Replica replica, NodeClock clock, Consumer<Throwable> onDefect) {
        this.replica = replica;
        this.clock = clock;
        this.onDefect = onDefect;
        this.thread = Thread.ofPlatform().name("replica").unstarted(this::run);
    }

    /** Begins to take inputs. */
    void start(OutputHandler handler) {
        outputs = handler;
        thread.start();
    }

    /** Queues an input of the node's own. Any thread; never waits. */
    void feed(Input input) {
        queue.add(() -> step(input));
    }

    /** Queues an input from outside, waiting for a place; once the loop has ended nobody waits, and nothing is taken. */
    void feedFromOutside(Input input) throws InterruptedException {
        feedFromOutside(input, () -> {});
    }

    /** The same; the callback runs when the input has been taken. */
    void feedFromOutside(Input input, Runnable taken) throws InterruptedException {
        outsidePlaces.acquire();
        if (stopped) {
            outsidePlaces.release();
            taken.run();
            return;
        }
        queue.add(new Task() {
            @Override
            public void run() {
                outsidePlaces.release();
                step(input);
                taken.run();
            }

            @Override
            public void abandon() {
                taken.run();
            }
        });
    }

    /** How many inputs and queries wait. */
    int depth() {
        return queue.size();
    }

    /** Whether it is at work, or has work waiting. */
    boolean isBusy() {
        return stepping || !queue.isEmpty();
    }

    /** Ends the loop after the input at hand, and waits for that. */
    void stop() throws InterruptedException {
        stopped = true;
        queue.add(() -> {});
        if (Thread.currentThread() != thread) {
            thread.join();
        }
        release();
    }

    /** First the cause, so that whoever is told that the loop has ended can ask why. */
    private void end(Throwable cause) {
        stopped = true;
        onDefect.accept(cause);
        release();
    }

    /** Nobody may wait for a loop that has ended. */
    private void release() {
        stopped = true;
        outsidePlaces.release(OUTSIDE_PLACES);
        for (Task task = queue.poll(); task != null; task = queue.poll()) {
            task.abandon();
        }
        submissions.values().forEach(submission -> submission.completeExceptionally(hasStopped()));
    }

    private static IllegalStateException hasStopped() {
        return new IllegalStateException("the node has stopped");
    }

    @Override
    public <T> CompletableFuture<T> read(Function<ReplicaView, T> query) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        queue.add(new Query<>(query, replica, answer));
        if (stopped) {
            // the loop may have ended without seeing it
            answer.completeExceptionally(hasStopped());
        }
        return answer;
    }

    @Override
    public CompletableFuture<Optional<Rejection>> submit(Verified<Transaction> transaction) {
        CompletableFuture<Optional<Rejection>> answer = new CompletableFuture<>();
        long ticket = tickets.incrementAndGet();
        submissions.put(ticket, answer);
        try {
            feedFromOutside(new Input.Submitted(ticket, transaction));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            submissions.remove(ticket);
            answer.completeExceptionally(e);
        }
        if (stopped) {
            submissions.remove(ticket);
            answer.completeExceptionally(hasStopped());
        }
        return answer;
    }

    @Override
    public Runnable subscribe(Consumer<ReplicaEvent> listener) {
        subscribers.add(listener);
        return () -> subscribers.remove(listener);
    }

    private void run() {
        try {
            while (!stopped) {
                stepping = false;
                Task task = next();
                stepping = true;
                if (task != null) {
                    task.run();
                }
                for (Optional<String> due = timers.pollDue(clock.millis());
                        due.isPresent() && !stopped;
                        due = timers.pollDue(clock.millis())) {
                    step(new Input.TimerExpired(due.get()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end(e);
        } catch (RuntimeException | Error e) {
            end(e);
        }
    }

    private @Nullable Task next() throws InterruptedException {
        if (timers.nextMillis().isEmpty()) {
            return queue.take();
        }
        return queue.poll(timers.nextMillis().getAsLong() - clock.millis(), TimeUnit.MILLISECONDS);
    }

    private void step(Input input) {
        for (Output output : replica.step(clock.millis(), input)) {
            switch (output) {
                case Output.SetTimer(var timer, var atMillis) -> timers.set(timer, atMillis);
                case Output.ClearTimer(var timer) -> timers.clear(timer);
                case Output.Publish(var event) -> subscribers.forEach(subscriber -> subscriber.accept(event));
                case Output.Answer(var ticket, var rejection) -> {
                    CompletableFuture<Optional<Rejection>> submission = submissions.remove(ticket);
                    if (submission != null) {
                        submission.completeAsync(() -> rejection);
                    }
                }
                default -> handler().handle(output);
            }
        }
    }

    private OutputHandler handler() {
        OutputHandler handler = outputs;
        if (handler == null) {
            throw new IllegalStateException("the loop runs before it was started");
        }
        return handler;
    }
}
