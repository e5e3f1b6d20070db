package synod.testnet.bench.mine;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Measures the clock of the processor while it does some work: processors turn the clock down for wide vectors, and back up
 * about half a millisecond after the last of them. So a stretch of the work is followed by a short chain of multiplications
 * and additions, each of which waits for the one before: four cycles a link on every 64-bit processor that is common today.
 */
final class ClockProbe {
    private static final int SAMPLES = 100;
    private static final int LINKS = 50_000;
    private static final int CYCLES_PER_LINK = 4;
    private static final int MULTIPLIER = 0x9e37_79b1;

    private int end = 1;

    /**
     * The clock in gigahertz: the median of some hundred looks, each after the work and by the calling thread's processor
     * time.
     *
     * @param work a stretch of it, some milliseconds long
     */
    double gigahertz(Runnable work) {
        double[] samples = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            work.run();
            samples[i] = (double) LINKS * CYCLES_PER_LINK / chainNanos();
        }
        Arrays.sort(samples);
        return samples[SAMPLES / 2];
    }

    private long chainNanos() {
        long startNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        int value = end;
        for (int i = 0; i < LINKS; i++) {
            value = value * MULTIPLIER + i;
        }
        end = value;
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - startNanos;
    }
}
