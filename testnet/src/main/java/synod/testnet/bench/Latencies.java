package synod.testnet.bench;

import java.util.Arrays;

/** Durations measured one by one. */
public final class Latencies {
    private long[] nanos = new long[1 << 16];
    private int count;
    private boolean sorted = true;

    void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = duration;
        sorted = false;
    }

    int count() {
        return count;
    }

    /** The smallest duration that this share of all does not exceed, in milliseconds; NaN if there are none. */
    double millis(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        if (!sorted) {
            Arrays.sort(nanos, 0, count);
            sorted = true;
        }
        int rank = (int) Math.ceil(share * count);
        return nanos[Math.clamp(rank, 1, count) - 1] / 1e6;
    }
}
