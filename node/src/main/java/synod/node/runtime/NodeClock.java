package synod.node.runtime;

import java.util.function.LongSupplier;

/**
 * Wall-clock milliseconds that never go back: a clock that is set back while the node runs is followed again only when
 * it has caught up, and meanwhile time goes on at the monotonic clock's pace, so that no timer stalls. Thread-safe.
 */
public final class NodeClock {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LongSupplier wallMillis;
    private final LongSupplier monotonicNanos;
    private long offsetMillis;

    NodeClock(LongSupplier wallMillis, LongSupplier monotonicNanos) {
        this.wallMillis = wallMillis;
        this.monotonicNanos = monotonicNanos;
        this.offsetMillis = wallMillis.getAsLong() - monotonicMillis();
    }

    /** The machine's clock. */
    public static NodeClock system() {
        return new NodeClock(System::currentTimeMillis, System::nanoTime);
    }

    /** Milliseconds since 1970-01-01 UTC. */
    public synchronized long millis() {
        long monotonic = monotonicMillis();
        offsetMillis = Math.max(offsetMillis, wallMillis.getAsLong() - monotonic);
        return monotonic + offsetMillis;
    }

    private long monotonicMillis() {
        return Math.floorDiv(monotonicNanos.getAsLong(), NANOS_PER_MILLI);
    }
}
