package synod.testnet.network;

import java.time.Duration;

/** A point in time after which nobody waits any longer. */
public final class Deadline {
    private final long startNanos = System.nanoTime();
    private final long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    /** So long from now. */
    public static Deadline in(Duration duration) {
        return new Deadline(duration.toNanos());
    }

    /** Whether the time is over. */
    public boolean passed() {
        return System.nanoTime() - startNanos >= nanos;
    }

    /** The time that is left; zero when it is over. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, nanos - (System.nanoTime() - startNanos)));
    }

    /** The time since this was made. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** Waits a little before looking again. */
    public static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestnetException(ExitCode.INTERRUPTED, "Interrupted.", e);
        }
    }
}
