package synod.testnet.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import synod.consensus.pow.CompactBits;
import synod.consensus.pow.search.KernelType;
import synod.testnet.bench.mine.HeadLatency;
import synod.testnet.bench.mine.MiningBench;
import synod.testnet.bench.mine.MiningChart;
import synod.testnet.bench.mine.MiningReport;
import synod.testnet.network.ExitCode;
import synod.testnet.network.Json;
import synod.testnet.network.TestnetException;
import synod.wallet.terminal.Progress;

/** Runs {@link MiningBench}. */
@Command(
        name = "mine",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "How many hashes a second each kernel of the nonce search does, checked on the way.",
        footer = {"", "Example: synod bench mine --seconds 10 --threads 2 --plot mine.svg"})
final class MiningBenchCommand implements Callable<Integer> {
    private static final List<String> KERNELS = List.of("vector", "rolling", "scalar", "digest");

    /** Targets of a development network, of Bitcoin's first block, and of a thousand times its difficulty. */
    private static final List<String> USUAL_TARGETS = List.of("0x1e05ffff", "0x1d00ffff", "0x1b4188f5");

    private final Environment environment;

    @Option(
            names = "--seconds",
            paramLabel = "COUNT",
            description =
                    "How long each kernel is measured on each number of threads, 5 times. Default: ${DEFAULT-VALUE}.",
            defaultValue = "5")
    private int seconds;

    @Option(
            names = "--threads",
            paramLabel = "COUNT",
            description = "Measure on 1, 2, 4 ... threads up to this. Default: the processors of this machine.")
    private @Nullable Integer threads;

    @Option(
            names = "--kernel",
            paramLabel = "KERNEL",
            description = "Only this one: vector, rolling, scalar or digest.")
    private @Nullable String kernel;

    @Option(
            names = "--bits",
            paramLabel = "BITS",
            description = "Tell the expected time to a block at this compact target; may be given several times.")
    private List<String> bits = new ArrayList<>();

    @Option(names = "--json", description = "Print a JSON object for each figure, a line each.")
    private boolean json;

    @Option(names = "--plot", paramLabel = "FILE", description = "Draw the figures into this file, as SVG.")
    private @Nullable Path plot;

    @Option(
            names = "--head-latency",
            description = "Measure instead how long a block takes to become the head with and without a search beside.")
    private boolean headLatency;

    MiningBenchCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        int maxThreads = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        within("--seconds", seconds, 3_600);
        within("--threads", maxThreads, 256);
        if (kernel != null && !KERNELS.contains(kernel)) {
            throw TestnetException.usage(
                    "There is no kernel '" + kernel + "'; there are " + String.join(", ", KERNELS) + ".");
        }
        if (headLatency) {
            return headLatency(maxThreads);
        }
        List<CompactBits> targets = targets();
        MiningReport report = measure(maxThreads);
        if (report.figures().isEmpty()) {
            throw TestnetException.failure("The kernel " + kernel + " is not fit for use on this machine; see above.");
        }
        if (json) {
            report.json().forEach(line -> environment.out().println(Json.line(line)));
        } else {
            environment.out().println(report.text(targets));
        }
        if (plot != null) {
            write(plot, new MiningChart(report).svg());
        }
        return ExitCode.OK;
    }

    private int headLatency(int maxThreads) {
        Progress progress =
                new Progress(environment.err(), environment.terminal().isPresent());
        try {
            KernelType best =
                    MiningBench.fastest(Optional.ofNullable(kernel), progress::show, environment.err()::println);
            HeadLatency.Result result = new HeadLatency(best, maxThreads, progress::show).run();
            progress.clear();
            if (json) {
                result.json().forEach(line -> environment.out().println(Json.line(line)));
            } else {
                environment.out().println(result.text());
            }
        } finally {
            progress.clear();
        }
        return ExitCode.OK;
    }

    private MiningReport measure(int maxThreads) {
        Progress progress =
                new Progress(environment.err(), environment.terminal().isPresent());
        try {
            return new MiningBench(
                            seconds,
                            maxThreads,
                            Optional.ofNullable(kernel),
                            progress::show,
                            environment.err()::println)
                    .run();
        } finally {
            progress.clear();
        }
    }

    private List<CompactBits> targets() {
        try {
            return (bits.isEmpty() ? USUAL_TARGETS : bits)
                    .stream().map(CompactBits::parse).toList();
        } catch (IllegalArgumentException e) {
            throw TestnetException.usage("--bits: " + e.getMessage() + ".");
        }
    }

    private static void within(String option, int value, int max) {
        if (value < 1 || value > max) {
            throw TestnetException.usage(option + " is " + value + "; it must be 1 to " + max + ".");
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw TestnetException.failure("Cannot write " + file + ": " + e.getMessage() + ".", e);
        }
    }
}
