package synod.p2p;

import java.nio.ByteBuffer;
import java.util.Optional;

/** When to ping one peer, and how long the last answer took. */
final class Pinger {
    private final long intervalNanos;
    private long number;
    private boolean awaiting;
    private boolean everSent;
    private long sentNanos;
    private volatile long roundTripMicros = -1;

    Pinger(long intervalNanos) {
        this.intervalNanos = intervalNanos;
    }

    /** The ping to send now, if one is due. An unanswered one is not followed by another: silence has its deadline. */
    Optional<Frame> due(long nowNanos) {
        if (awaiting || (everSent && nowNanos - sentNanos < intervalNanos)) {
            return Optional.empty();
        }
        awaiting = true;
        everSent = true;
        sentNanos = nowNanos;
        number++;
        return Optional.of(ControlKind.PING.frame(
                ByteBuffer.allocate(Long.BYTES).putLong(number).array()));
    }

    /** An answer came; one to anything but the last ping is ignored. */
    void pong(Frame frame, long nowNanos) {
        if (awaiting
                && frame.payload().length == Long.BYTES
                && ByteBuffer.wrap(frame.payload()).getLong() == number) {
            awaiting = false;
            roundTripMicros = (nowNanos - sentNanos) / 1_000;
        }
    }

    /** The last measured round trip, -1 before the first. */
    long roundTripMicros() {
        return roundTripMicros;
    }
}
