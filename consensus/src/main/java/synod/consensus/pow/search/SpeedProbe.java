package synod.consensus.pow.search;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.LongSupplier;

/**
 * Measures kernels on the calling thread, by its processor time, so that a busy machine makes no kernel look slow. Each
 * measurement goes on with the next nonces of one header.
 */
final class SpeedProbe {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Between two looks at the time. */
    private static final long LOOK_NANOS = 500_000;

    private static final int MAX_NONCES = 1 << 14;

    private final LongSupplier nanos;
    private final byte[] header = new byte[80];
    /** Nothing meets a target of zero. */
    private final byte[] target = new byte[32];

    private int nonce;

    /** A probe by this clock. */
    SpeedProbe(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The processor time of the thread that asks, in nanoseconds. */
    static LongSupplier processorTime() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads::getCurrentThreadCpuTime;
    }

    /** Hashes per second over at least so much time. */
    double hashesPerSecond(NonceKernel kernel, long forNanos) {
        long start = nanos.getAsLong();
        long now = start;
        long hashes = 0;
        int nonces = 1;
        while (now - start < forNanos) {
            if (kernel.search(header, target, nonce, nonces).isPresent()) {
                throw new IllegalStateException("the kernel " + kernel.name() + " found a hash of zero");
            }
            nonce = (nonce + nonces) & Integer.MAX_VALUE;
            hashes += (long) nonces * kernel.versions();
            long before = now;
            now = nanos.getAsLong();
            if (now - before < LOOK_NANOS && nonces < MAX_NONCES) {
                nonces *= 2;
            }
        }
        return hashes * NANOS_PER_SECOND / (now - start);
    }
}
