package synod.p2p.policy;

/**
 * What one peer may send: bytes a second and frames a second. Over budget means that reading pauses, so that TCP slows
 * the sender down; only a flood of frames that keeps up for long in spite of that is an offence.
 *
 * <p>Bytes over budget are never an offence: a fast peer that answers our own requests saturates them honestly.
 */
public final class InboundBudget {
    private final TokenBucket bytes;
    private final TokenBucket frames;
    private final long grossExcessNanos;
    private boolean throttled;
    private long throttledSinceNanos;

    /**
     * A full budget.
     *
     * @param grossExcessNanos how long the frame budget may be held empty by the sender before that is an offence
     */
    public InboundBudget(
            long bytesPerSecond,
            long burstBytes,
            long framesPerSecond,
            long burstFrames,
            long grossExcessNanos,
            long nowNanos) {
        this.bytes = new TokenBucket(bytesPerSecond, burstBytes, nowNanos);
        this.frames = new TokenBucket(framesPerSecond, burstFrames, nowNanos);
        this.grossExcessNanos = grossExcessNanos;
    }

    /**
     * Pays for one received frame.
     *
     * @return nanoseconds for which reading from this peer should pause, 0 for none
     */
    public long charge(long frameBytes, long nowNanos) {
        if (throttled && frames.atLeastHalfFull(nowNanos)) {
            throttled = false;
        }
        long frameWait = frames.charge(1, nowNanos);
        if (frameWait > 0 && !throttled) {
            throttled = true;
            throttledSinceNanos = nowNanos;
        }
        return Math.max(frameWait, bytes.charge(frameBytes, nowNanos));
    }

    /** Whether the sender has kept the frame budget empty for too long. True once per such span. */
    public boolean takeGrossExcess(long nowNanos) {
        if (!throttled || nowNanos - throttledSinceNanos < grossExcessNanos) {
            return false;
        }
        throttled = false;
        return true;
    }
}
