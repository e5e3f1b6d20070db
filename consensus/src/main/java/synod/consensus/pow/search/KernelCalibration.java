package synod.consensus.pow.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import synod.consensus.pow.search.KernelWarmUp.Speed;
import synod.consensus.pow.search.code.GroupProgram;

/**
 * Finds the fastest kernel on this machine.
 *
 * <p>The JIT can fail on long straight-line methods and leave one of them interpreted for good. Code that is no faster than
 * the JDK's SHA-256 when its time is up is therefore named and made anew as another class, in shorter methods.
 */
public final class KernelCalibration {
    /** Words a method of the generated code, at each attempt. */
    private static final List<Integer> PIECE_WORDS = List.of(GroupProgram.PIECE_WORDS, 200, 120);

    /** Processor time for the warm-up of one attempt: several times what it takes. */
    private static final long WARM_UP_NANOS = 30_000_000_000L;

    private final KernelWarmUp warmUp;
    private final BooleanSupplier isStopped;
    private final Consumer<Speed> onSpeed;
    private final Kernels kernels;

    /**
     * Where kernels come from.
     *
     * @param vector makes the vector kernels in methods of so many words; none without the vector module
     * @param scalar makes the kernel that is tried in their place
     */
    record Kernels(KernelType digest, IntFunction<List<KernelType>> vector, Supplier<KernelType> scalar) {}

    /**
     * What was found.
     *
     * @param best the fastest
     * @param digest the JDK's SHA-256
     * @param all the kernels that are fit for use, the fastest first
     * @param remarks what a person should know: kernels that are missing or were given up, and why
     */
    public record Outcome(Speed best, Speed digest, List<Speed> all, List<String> remarks) {
        /**
         * The speed of a thread below which a kernel is taken to be broken. While it is measured a kernel has the
         * processor's caches for itself, so slow is only what is hopeless.
         */
        public double leastHashesPerSecond() {
            return digest.hashesPerSecond() / 2;
        }
    }

    /**
     * A calibration.
     *
     * @param isStopped whether to give it up
     * @param onSpeed takes each single measurement
     */
    public KernelCalibration(BooleanSupplier isStopped, Consumer<Speed> onSpeed) {
        this(
                new KernelWarmUp(isStopped),
                isStopped,
                onSpeed,
                new Kernels(KernelType.DIGEST, KernelCalibration::vectorTypes, KernelType::scalar));
    }

    KernelCalibration(KernelWarmUp warmUp, BooleanSupplier isStopped, Consumer<Speed> onSpeed, Kernels kernels) {
        this.warmUp = warmUp;
        this.isStopped = isStopped;
        this.onSpeed = onSpeed;
        this.kernels = kernels;
    }

    private static List<KernelType> vectorTypes(int pieceWords) {
        return GroupProgram.vector(pieceWords).map(KernelType::vectorTypes).orElse(List.of());
    }

    /** Calibrates on the calling thread, for some seconds; nothing if it was stopped. */
    public Optional<Outcome> run() {
        List<String> remarks = new ArrayList<>();
        Speed digest =
                warmUp.run(List.of(kernels.digest()), 0, WARM_UP_NANOS, onSpeed).getFirst();
        List<Speed> all = new ArrayList<>(List.of(digest));
        all.addAll(generated(digest, remarks));
        if (isStopped.getAsBoolean()) {
            return Optional.empty();
        }
        all.sort((a, b) -> Double.compare(b.hashesPerSecond(), a.hashesPerSecond()));
        return Optional.of(new Outcome(all.getFirst(), digest, List.copyOf(all), List.copyOf(remarks)));
    }

    private List<Speed> generated(Speed digest, List<String> remarks) {
        for (int pieceWords : PIECE_WORDS) {
            List<KernelType> types = kernels.vector().apply(pieceWords);
            if (types.isEmpty()) {
                remarks.add("the module jdk.incubator.vector is not there, so there are no vector kernels"
                        + " (java --add-modules jdk.incubator.vector)");
                return warmUp.run(List.of(kernels.scalar().get()), 0, WARM_UP_NANOS, onSpeed);
            }
            List<Speed> fast = new ArrayList<>();
            for (Speed speed : warmUp.run(types, digest.hashesPerSecond(), WARM_UP_NANOS, onSpeed)) {
                if (speed.hashesPerSecond() > digest.hashesPerSecond()) {
                    fast.add(speed);
                } else if (!isStopped.getAsBoolean()) {
                    remarks.add(slow(speed, pieceWords, digest));
                }
            }
            if (!fast.isEmpty() || isStopped.getAsBoolean()) {
                return fast;
            }
        }
        return List.of();
    }

    private static String slow(Speed speed, int pieceWords, Speed digest) {
        return String.format(
                "the kernel %s in methods of %d operations is not fast after its warm-up: %.2f MH/s, where %s makes"
                        + " %.2f; the JIT has probably given up one of its methods",
                speed.kernel().name(),
                pieceWords,
                speed.hashesPerSecond() / 1e6,
                digest.kernel().name(),
                digest.hashesPerSecond() / 1e6);
    }
}
