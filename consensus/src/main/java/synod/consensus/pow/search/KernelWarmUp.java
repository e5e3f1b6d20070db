package synod.consensus.pow.search;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Runs kernels on the calling thread until the JIT is done with them: they are measured in turn until their speeds stay
 * where they are.
 */
public final class KernelWarmUp {
    /** One measurement. */
    private static final long PROBE_NANOS = 100_000_000;

    /** A kernel is warm when so many measurements in a row differ by no more than the tolerance. */
    private static final int STEADY_PROBES = 5;

    private static final double TOLERANCE = 1.15;

    private final SpeedProbe probe;
    private final LongSupplier processorNanos;
    private final BooleanSupplier isStopped;

    /**
     * The speed of a kernel on one thread.
     *
     * @param hashesPerSecond by the thread's processor time
     */
    public record Speed(KernelType kernel, double hashesPerSecond) {}

    /**
     * A warm-up.
     *
     * @param isStopped whether to give it up
     */
    public KernelWarmUp(BooleanSupplier isStopped) {
        this(SpeedProbe.processorTime(), isStopped);
    }

    KernelWarmUp(LongSupplier processorNanos, BooleanSupplier isStopped) {
        this.probe = new SpeedProbe(processorNanos);
        this.processorNanos = processorNanos;
        this.isStopped = isStopped;
    }

    /**
     * Measures in turn until all kernels are steady, or the time is up.
     *
     * @param atLeast hashes per second below which a kernel does not count as warm, however steady it is: code that is
     *     interpreted is steady, too
     * @param maxNanos of the thread's processor time: on a busy machine the JIT is slow, too
     * @param onSpeed takes each measurement
     * @return the median of each kernel's last measurements
     */
    public List<Speed> run(List<KernelType> types, double atLeast, long maxNanos, Consumer<Speed> onSpeed) {
        List<Candidate> candidates = types.stream().map(Candidate::new).toList();
        long startNanos = processorNanos.getAsLong();
        while (!candidates.stream().allMatch(candidate -> candidate.isSteadyAbove(atLeast))
                && processorNanos.getAsLong() - startNanos < maxNanos
                && !isStopped.getAsBoolean()) {
            for (Candidate candidate : candidates) {
                double hashesPerSecond = probe.hashesPerSecond(candidate.kernel, PROBE_NANOS);
                candidate.add(hashesPerSecond);
                onSpeed.accept(new Speed(candidate.type, hashesPerSecond));
            }
        }
        return candidates.stream().map(Candidate::speed).toList();
    }

    /** A kernel and its last speeds. */
    private static final class Candidate {
        final KernelType type;
        final NonceKernel kernel;
        private final Deque<Double> last = new ArrayDeque<>();

        Candidate(KernelType type) {
            this.type = type;
            this.kernel = type.make().get();
        }

        void add(double hashesPerSecond) {
            last.add(hashesPerSecond);
            if (last.size() > STEADY_PROBES) {
                last.remove();
            }
        }

        boolean isSteadyAbove(double atLeast) {
            double[] sorted = sorted();
            return sorted.length == STEADY_PROBES
                    && sorted[0] > atLeast
                    && sorted[STEADY_PROBES - 1] <= TOLERANCE * sorted[0];
        }

        Speed speed() {
            double[] sorted = sorted();
            return new Speed(type, sorted.length == 0 ? 0 : sorted[sorted.length / 2]);
        }

        private double[] sorted() {
            return last.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        }
    }
}
