package synod.consensus.pow.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import synod.consensus.pow.search.code.GroupProgram;

/**
 * Finds the fastest kernel on this machine. The generated kernels need some seconds of warm-up before the JIT has compiled
 * all of their code, so they are measured in turn until their speeds stay where they are.
 *
 * <p>The JIT can fail on long straight-line methods and leave one of them interpreted for good. Code that is no faster than
 * the JDK's SHA-256 when its time is up is therefore named and made anew as another class, in shorter methods.
 */
public final class KernelCalibration {
    /** Words a method of the generated code, at each attempt. */
    private static final List<Integer> PIECE_WORDS = List.of(GroupProgram.PIECE_WORDS, 200, 120);

    /** One measurement. */
    private static final long PROBE_NANOS = 100_000_000;

    /** A kernel is warm when so many measurements in a row differ by no more than the tolerance. */
    private static final int STEADY_PROBES = 5;

    private static final double TOLERANCE = 1.15;

    /** Time for the warm-up of one attempt: several times what it takes on a machine that has nothing else to do. */
    private static final long WARM_UP_NANOS = 40_000_000_000L;

    private final SpeedProbe probe;
    private final LongSupplier nanoTime;
    private final BooleanSupplier isStopped;
    private final Kernels kernels;

    /**
     * Where kernels come from.
     *
     * @param vector makes the vector kernels in methods of so many words; none without the vector module
     * @param scalar makes the kernel that is tried in their place
     */
    record Kernels(KernelType digest, IntFunction<List<KernelType>> vector, Supplier<KernelType> scalar) {}

    /**
     * The speed of a kernel on one thread.
     *
     * @param hashesPerSecond by the thread's processor time
     */
    public record Speed(KernelType kernel, double hashesPerSecond) {}

    /**
     * What was found.
     *
     * @param best the fastest
     * @param digest the JDK's SHA-256
     * @param all the kernels that were measured, the fastest first
     * @param remarks what a person should know: kernels that are missing or were given up, and why
     */
    public record Outcome(Speed best, Speed digest, List<Speed> all, List<String> remarks) {}

    /**
     * A calibration.
     *
     * @param isStopped whether to give it up
     */
    public KernelCalibration(BooleanSupplier isStopped) {
        this(
                new SpeedProbe(),
                System::nanoTime,
                isStopped,
                new Kernels(KernelType.DIGEST, KernelCalibration::vectorTypes, KernelType::scalar));
    }

    KernelCalibration(SpeedProbe probe, LongSupplier nanoTime, BooleanSupplier isStopped, Kernels kernels) {
        this.probe = probe;
        this.nanoTime = nanoTime;
        this.isStopped = isStopped;
        this.kernels = kernels;
    }

    private static List<KernelType> vectorTypes(int pieceWords) {
        return GroupProgram.vector(pieceWords).map(KernelType::vectorTypes).orElse(List.of());
    }

    /** Calibrates on the calling thread, for some seconds; nothing if it was stopped. */
    public Optional<Outcome> run() {
        List<String> remarks = new ArrayList<>();
        Candidate digest = new Candidate(kernels.digest());
        warmUp(List.of(digest), 0);
        List<Candidate> all = new ArrayList<>(List.of(digest));
        for (int pieceWords : PIECE_WORDS) {
            List<Candidate> candidates = kernels.vector().apply(pieceWords).stream()
                    .map(Candidate::new)
                    .toList();
            if (candidates.isEmpty()) {
                remarks.add("the module jdk.incubator.vector is not there, so there are no vector kernels"
                        + " (java --add-modules jdk.incubator.vector)");
                candidates = List.of(new Candidate(kernels.scalar().get()));
                warmUp(candidates, 0);
                all.addAll(candidates);
                break;
            }
            warmUp(candidates, digest.hashesPerSecond());
            List<Candidate> fast = candidates.stream()
                    .filter(candidate -> candidate.hashesPerSecond() > digest.hashesPerSecond())
                    .toList();
            candidates.stream()
                    .filter(candidate -> !fast.contains(candidate))
                    .forEach(slow -> remarks.add(String.format(
                            "the kernel %s in methods of %d operations is not fast after its warm-up: %.2f MH/s, where %s makes"
                                    + " %.2f; the JIT has probably given up one of its methods",
                            slow.type.name(),
                            pieceWords,
                            slow.hashesPerSecond() / 1e6,
                            kernels.digest().name(),
                            digest.hashesPerSecond() / 1e6)));
            all.addAll(fast);
            if (!fast.isEmpty()) {
                break;
            }
        }
        return isStopped.getAsBoolean() ? Optional.empty() : Optional.of(outcome(digest, all, remarks));
    }

    private static Outcome outcome(Candidate digest, List<Candidate> all, List<String> remarks) {
        List<Speed> speeds = all.stream()
                .map(Candidate::speed)
                .sorted((a, b) -> Double.compare(b.hashesPerSecond(), a.hashesPerSecond()))
                .toList();
        return new Outcome(speeds.getFirst(), digest.speed(), speeds, List.copyOf(remarks));
    }

    /** Measures in turn until all are steady and faster than this, or the time is up. */
    private void warmUp(List<Candidate> candidates, double fast) {
        long startNanos = nanoTime.getAsLong();
        while (!candidates.stream().allMatch(candidate -> candidate.isSteadyAbove(fast))
                && nanoTime.getAsLong() - startNanos < WARM_UP_NANOS
                && !isStopped.getAsBoolean()) {
            for (Candidate candidate : candidates) {
                candidate.add(probe.hashesPerSecond(candidate.kernel, PROBE_NANOS));
            }
        }
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

        boolean isSteadyAbove(double fast) {
            double[] sorted = sorted();
            return sorted.length == STEADY_PROBES
                    && sorted[0] > fast
                    && sorted[STEADY_PROBES - 1] <= TOLERANCE * sorted[0];
        }

        /** The median of the last measurements; 0 if there are none. */
        double hashesPerSecond() {
            double[] sorted = sorted();
            return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
        }

        Speed speed() {
            return new Speed(type, hashesPerSecond());
        }

        private double[] sorted() {
            return last.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        }
    }
}
