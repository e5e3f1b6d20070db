package synod.consensus.pow.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** Calibrations in which time passes only as the kernels under test say. */
class KernelCalibrationTest {
    private static final long MILLION = 1_000_000;

    private final VirtualTime time = new VirtualTime();
    private final List<Integer> generated = new ArrayList<>();

    @Test
    void choosesTheFastestKernelOnceItIsWarm() {
        var outcome = calibrate(pieceWords -> List.of(
                        type("vector", hashes -> hashes < 100_000 ? 40_000 : 9 * MILLION),
                        type("rolling", hashes -> hashes < 200_000 ? 40_000 : 10 * MILLION)))
                .orElseThrow();
        assertThat(outcome.best().kernel().name()).isEqualTo("rolling");
        assertThat(outcome.best().hashesPerSecond()).isBetween(9.8 * MILLION, 10.0 * MILLION);
        assertThat(outcome.all())
                .extracting(speed -> speed.kernel().name())
                .containsExactly("rolling", "vector", "digest");
        assertThat(outcome.remarks()).isEmpty();
        assertThat(generated).hasSize(1);
    }

    @Test
    void namesCodeThatStaysSlowAndMakesItAnewInShorterMethods() {
        var outcome = calibrate(pieceWords ->
                        List.of(type("vector", hashes -> generated.size() < 2 ? 70_000 : 8 * MILLION)))
                .orElseThrow();
        assertThat(outcome.best().kernel().name()).isEqualTo("vector");
        assertThat(outcome.remarks()).singleElement().asString().contains("vector", "300", "0.07 MH/s");
        assertThat(generated).hasSize(2);
        assertThat(generated.get(1)).isLessThan(generated.get(0));
    }

    @Test
    void fallsBackToTheDigestWhenNothingElseBecomesFast() {
        var outcome = calibrate(pieceWords -> List.of(type("vector", hashes -> 70_000)))
                .orElseThrow();
        assertThat(outcome.best().kernel().name()).isEqualTo("digest");
        assertThat(outcome.remarks()).hasSize(generated.size());
    }

    @Test
    void saysThatTheVectorModuleIsMissing() {
        var outcome = calibrate(pieceWords -> List.of()).orElseThrow();
        assertThat(outcome.remarks()).singleElement().asString().contains("--add-modules jdk.incubator.vector");
        assertThat(outcome.all()).extracting(speed -> speed.kernel().name()).containsExactly("digest", "scalar");
    }

    @Test
    void choosesNothingWhenItIsStopped() {
        assertThat(calibrate(pieceWords -> List.of(type("vector", hashes -> 70_000)), () -> true))
                .isEmpty();
    }

    private Optional<KernelCalibration.Outcome> calibrate(IntFunction<List<KernelType>> vector) {
        return calibrate(vector, () -> false);
    }

    private Optional<KernelCalibration.Outcome> calibrate(
            IntFunction<List<KernelType>> vector, BooleanSupplier isStopped) {
        KernelCalibration.Kernels kernels = new KernelCalibration.Kernels(
                type("digest", hashes -> MILLION),
                pieceWords -> {
                    generated.add(pieceWords);
                    return vector.apply(pieceWords);
                },
                () -> type("scalar", hashes -> MILLION / 2));
        KernelWarmUp warmUp = new KernelWarmUp(time::nanos, isStopped);
        return new KernelCalibration(warmUp, isStopped, speed -> {}, kernels).run();
    }

    /** A kernel whose speed depends on how many hashes it has done. */
    private KernelType type(String name, LongUnaryOperator hashesPerSecond) {
        return new KernelType(
                name,
                () -> new NonceKernel() {
                    private long hashes;

                    @Override
                    public String name() {
                        return name;
                    }

                    @Override
                    public int versions() {
                        return 1;
                    }

                    @Override
                    public Optional<Solution> search(byte[] header, byte[] target, int first, int count) {
                        time.pass(1_000_000_000.0 * count / hashesPerSecond.applyAsLong(hashes));
                        hashes += count;
                        return Optional.empty();
                    }
                },
                0);
    }

    /** Passes as kernels say, and by a little at each look, for those that say nothing. */
    private static final class VirtualTime {
        private double nanos;

        long nanos() {
            nanos += 10_000;
            return (long) nanos;
        }

        void pass(double more) {
            nanos += more;
        }
    }
}
