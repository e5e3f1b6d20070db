package synod.node.rpc.jsonrpc;

import java.util.concurrent.TimeUnit;

/** When the work on one message must have ended, on the clock of {@link System#nanoTime}. */
public record Deadline(long atNanos) {
    /** So many milliseconds from now. */
    public static Deadline in(long millis) {
        return new Deadline(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** The time left, never negative. */
    public long remainingNanos() {
        return Math.max(0, atNanos - System.nanoTime());
    }
}
