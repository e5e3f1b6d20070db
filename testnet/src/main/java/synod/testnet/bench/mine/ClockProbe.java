package synod.testnet.bench.mine;

import java.lang.management.ManagementFactory;

/**
 * Measures the clock of the processor: a chain of multiplications and additions, each of which waits for the one before,
 * takes four cycles a link on every 64-bit processor that is common today.
 */
final class ClockProbe {
    private static final int LINKS = 20_000_000;
    private static final int CYCLES_PER_LINK = 4;
    private static final int MULTIPLIER = 0x9e37_79b1;

    private int end = 1;

    /** The clock in gigahertz over some 30 ms of the calling thread's processor time. The first call is too low. */
    double gigahertz() {
        long startNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        int value = end;
        for (int i = 0; i < LINKS; i++) {
            value = value * MULTIPLIER + i;
        }
        end = value;
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - startNanos;
        return (double) LINKS * CYCLES_PER_LINK / nanos;
    }
}
