package synod.consensus.pow.search;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A task while it is searched. Its search space is counted by one 64-bit position: the nonce below, extra nonces above.
 * Threads claim disjoint stretches of it.
 */
final class SearchJob {
    private static final long NONCES = 1L << 32;

    private final SearchTask task;
    private final AtomicLong position;
    private final AtomicBoolean ended = new AtomicBoolean();

    SearchJob(SearchTask task) {
        this.task = task;
        this.position = new AtomicLong(Integer.toUnsignedLong(task.firstNonce()));
    }

    SearchTask task() {
        return task;
    }

    /** Consecutive nonces under one extra nonce, counted from the job's first. */
    record Stretch(long extraNonceIndex, int firstNonce, int count) {
        /** What is left of it after this nonce. */
        Stretch after(int nonce) {
            return new Stretch(extraNonceIndex, nonce + 1, firstNonce + count - (nonce + 1));
        }
    }

    /** Claims the next nonces, at most this many: fewer at the end of the nonces under one extra nonce. */
    Stretch claim(int maxCount) {
        long start = position.getAndUpdate(from -> from + countFrom(from, maxCount));
        return new Stretch(start >>> 32, (int) start, countFrom(start, maxCount));
    }

    private static int countFrom(long position, int maxCount) {
        return (int) Math.min(maxCount, NONCES - (position & (NONCES - 1)));
    }

    /** Ends the job; true for the one caller that ended it. */
    boolean end() {
        return ended.compareAndSet(false, true);
    }

    boolean isEnded() {
        return ended.get();
    }
}
