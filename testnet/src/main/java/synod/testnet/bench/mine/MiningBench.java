package synod.testnet.bench.mine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import synod.consensus.pow.CompactBits;
import synod.consensus.pow.search.KernelCalibration;
import synod.consensus.pow.search.KernelType;
import synod.consensus.pow.search.KernelWarmUp;
import synod.consensus.pow.search.KernelWarmUp.Speed;
import synod.consensus.pow.search.NonceKernel;
import synod.consensus.pow.search.NonceSearch;
import synod.consensus.pow.search.SearchSettings;
import synod.consensus.pow.search.Solution;
import synod.node.mining.CompilerDirectives;
import synod.testnet.network.Deadline;
import synod.testnet.network.TestnetException;

/**
 * Measures the search that a node mines with, kernel by kernel and thread by thread. All are measured in turn, several
 * times over, so that what else the machine does meets them alike.
 */
public final class MiningBench {
    /** Bitcoin's genesis block, which every kernel must find before it is measured. */
    private static final byte[] GENESIS = HexFormat.of()
            .parseHex("0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e"
                    + "67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c");

    private static final Solution GENESIS_SOLUTION = new Solution(1, 2_083_236_893);
    private static final CompactBits GENESIS_BITS = new CompactBits(0x1d00ffff);

    private static final int REPETITIONS = 5;
    private static final long WARM_UP_NANOS = 20_000_000_000L;
    private static final int TARGET_BYTES = 32;
    private static final int STRETCH_HASHES = 1 << 14;
    private static final int SETTLE_MILLIS = 100;
    private static final double NANOS_PER_SECOND = 1e9;

    private final int seconds;
    private final int maxThreads;
    private final Optional<String> only;
    private final Consumer<String> progress;
    private final Consumer<String> note;

    /**
     * A benchmark.
     *
     * @param seconds how long each kernel is measured on each number of threads
     * @param maxThreads numbers of threads are 1, 2, 4 and so on, up to this
     * @param only the one kernel to measure, if not all
     * @param progress takes what is going on, again and again
     * @param note takes what a person should know
     */
    public MiningBench(
            int seconds, int maxThreads, Optional<String> only, Consumer<String> progress, Consumer<String> note) {
        this.seconds = seconds;
        this.maxThreads = maxThreads;
        this.only = only;
        this.progress = progress;
        this.note = note;
    }

    /** Warms up, checks and measures. */
    public MiningReport run() {
        CompilerDirectives.leaveGeneratedCodeToTheSecondTier().ifPresent(note);
        List<KernelType> kernels = warmKernels();
        kernels.forEach(MiningBench::mustFindBitcoinsGenesis);
        List<Run> runs = new ArrayList<>();
        for (int threads : threadCounts()) {
            for (KernelType kernel : kernels) {
                runs.add(new Run(kernel, threads));
            }
        }
        ClockProbe clock = new ClockProbe();
        Map<KernelType, List<Double>> gigahertz = new LinkedHashMap<>();
        for (int i = 0; i < REPETITIONS; i++) {
            for (KernelType kernel : kernels) {
                gigahertz.computeIfAbsent(kernel, k -> new ArrayList<>()).add(clock.gigahertz(stretchOf(kernel)));
            }
            runs.forEach(this::repeat);
        }
        long finds = runs.stream().mapToLong(run -> run.finds).sum();
        return new MiningReport(
                Machine.here(),
                runs.stream()
                        .map(run -> run.figure(median(gigahertz.getOrDefault(run.kernel, List.of()))))
                        .toList(),
                finds);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** A few milliseconds' work of a kernel. */
    private static Runnable stretchOf(KernelType type) {
        NonceKernel kernel = type.make().get();
        byte[] nothingMeetsIt = new byte[TARGET_BYTES];
        int nonces = Math.max(1, STRETCH_HASHES / kernel.versions());
        return () -> kernel.search(GENESIS, nothingMeetsIt, 0, nonces);
    }

    /** The fastest kernel here, or the one of this name, warm. */
    public static KernelType fastest(Optional<String> name, Consumer<String> progress, Consumer<String> note) {
        CompilerDirectives.leaveGeneratedCodeToTheSecondTier().ifPresent(note);
        List<KernelType> kernels = new MiningBench(1, 1, name, progress, note).warmKernels();
        if (kernels.isEmpty()) {
            throw TestnetException.failure("The kernel " + name.orElse("") + " is not fit for use on this machine.");
        }
        return kernels.getFirst();
    }

    private List<Integer> threadCounts() {
        List<Integer> counts = new ArrayList<>();
        for (int threads = 1; threads < maxThreads; threads *= 2) {
            counts.add(threads);
        }
        counts.add(maxThreads);
        return counts;
    }

    /** The kernels to measure, warm. Those that the calibration gave up are named and left out. */
    private List<KernelType> warmKernels() {
        KernelCalibration.Outcome outcome = new KernelCalibration(() -> false, this::show)
                .run()
                .orElseThrow(() -> new IllegalStateException("nobody stopped the calibration, and it found nothing"));
        outcome.remarks().forEach(note);
        List<KernelType> kernels =
                new ArrayList<>(outcome.all().stream().map(Speed::kernel).toList());
        if (kernels.stream().noneMatch(kernel -> kernel.name().equals("scalar"))) {
            KernelType scalar = KernelType.scalar();
            new KernelWarmUp(() -> false).run(List.of(scalar), 0, WARM_UP_NANOS, this::show);
            kernels.add(scalar);
        }
        return kernels.stream()
                .filter(kernel -> kernel.name().equals(only.orElse(kernel.name())))
                .toList();
    }

    private void show(Speed speed) {
        progress.accept(String.format(
                Locale.ROOT, "warming up %s: %.2f MH/s", speed.kernel().name(), speed.hashesPerSecond() / 1e6));
    }

    private static void mustFindBitcoinsGenesis(KernelType type) {
        NonceKernel kernel = type.make().get();
        int before = 1_000;
        Optional<Solution> found = kernel.search(
                GENESIS, GENESIS_BITS.targetLittleEndian(), GENESIS_SOLUTION.nonce() - before, 2 * before);
        if (!found.equals(Optional.of(GENESIS_SOLUTION))) {
            throw new IllegalStateException("the kernel " + type.name() + " found " + found
                    + " where Bitcoin's genesis block has " + GENESIS_SOLUTION);
        }
    }

    private void repeat(Run run) {
        VerifiedTask task = new VerifiedTask();
        try (NonceSearch search =
                new NonceSearch(new SearchSettings(run.threads, OptionalLong.empty()), run.kernel, System::nanoTime)) {
            search.search(task);
            Deadline.pause(SETTLE_MILLIS);
            long startHashes = search.totalHashes();
            long startNanos = System.nanoTime();
            long startProcessorNanos = processorNanos();
            Deadline.pause(1_000L * seconds / REPETITIONS);
            double elapsed = System.nanoTime() - startNanos;
            double hashesPerSecond = (search.totalHashes() - startHashes) * NANOS_PER_SECOND / elapsed;
            run.add(hashesPerSecond, (processorNanos() - startProcessorNanos) / elapsed / run.threads, task.finds());
            progress.accept(String.format(
                    Locale.ROOT,
                    "%s on %d threads: %.2f MH/s, %d finds checked",
                    run.kernel.name(),
                    run.threads,
                    hashesPerSecond / 1e6,
                    task.finds()));
        }
    }

    /** Of the whole process, in which nearly nothing but the search runs. */
    private static long processorNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /** One kernel on so many threads, and what its repetitions gave. */
    private static final class Run {
        final KernelType kernel;
        final int threads;
        private final List<Double> hashesPerSecond = new ArrayList<>();
        private double busy;
        private long finds;

        Run(KernelType kernel, int threads) {
            this.kernel = kernel;
            this.threads = threads;
        }

        void add(double rate, double busyShare, long checkedFinds) {
            hashesPerSecond.add(rate);
            busy += Math.min(1, busyShare) / REPETITIONS;
            finds += checkedFinds;
        }

        MiningFigure figure(double gigahertz) {
            return new MiningFigure(
                    kernel.name(), threads, kernel.operationsPerHash(), gigahertz, hashesPerSecond, busy);
        }
    }
}
