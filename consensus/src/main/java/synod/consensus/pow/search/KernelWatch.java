package synod.consensus.pow.search;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Notices that a kernel which was fast runs slowly on this thread. It goes by the thread's own processor time, so that a
 * busy machine makes no kernel look slow.
 */
final class KernelWatch {
    /** Looks at the processor time once in so many hashes: a look costs about a microsecond. */
    private static final long LOOK_HASHES = 1 << 20;

    /** Judges over so much processor time. */
    private static final long WINDOW_NANOS = 2_000_000_000;

    private static final double NANOS_PER_SECOND = 1e9;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final double leastHashesPerSecond;
    private long hashes;
    private long hashesSinceLook;
    private long startNanos;

    /**
     * A watch for the calling thread.
     *
     * @param leastHashesPerSecond what is slow; 0: nothing is
     */
    KernelWatch(double leastHashesPerSecond) {
        this.leastHashesPerSecond = leastHashesPerSecond;
        this.startNanos = threads.getCurrentThreadCpuTime();
    }

    /** Counts hashes; whether the kernel was too slow over the last seconds. */
    boolean isSlow(long done) {
        hashes += done;
        hashesSinceLook += done;
        if (hashesSinceLook < LOOK_HASHES) {
            return false;
        }
        hashesSinceLook = 0;
        long spentNanos = threads.getCurrentThreadCpuTime() - startNanos;
        if (spentNanos < WINDOW_NANOS) {
            return false;
        }
        boolean slow = hashes * NANOS_PER_SECOND / spentNanos < leastHashesPerSecond;
        hashes = 0;
        startNanos += spentNanos;
        return slow;
    }
}
