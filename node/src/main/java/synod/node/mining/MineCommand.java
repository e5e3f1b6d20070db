package synod.node.mining;

import java.io.Console;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import synod.consensus.pow.search.KernelChooser;
import synod.consensus.pow.search.KernelType;
import synod.consensus.pow.search.NonceSearch;
import synod.consensus.pow.search.SearchSettings;

/** {@code synod mine}. */
@Command(
        name = "mine",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Mines for a node, or for any Stratum v1 server, until it is interrupted. While the server cannot be"
                        + " reached it tries again, after 1 s at first and 30 s at last.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"1:The server refuses the user.", "2:The command line is wrong.", "130:Interrupted."},
        footer = {"", "Example: synod mine --url stratum+tcp://127.0.0.1:3333 --user dev1..."})
final class MineCommand implements Callable<Integer> {
    private static final long REPORT_MILLIS = 10_000;
    private static final long REDRAW_MILLIS = 1_000;
    private static final String CLEAR_LINE = "\r\u001b[K";

    @Option(names = "--url", required = true, paramLabel = "URL", description = "stratum+tcp://HOST:PORT")
    private String url = "";

    @Option(names = "--user", required = true, paramLabel = "ADDRESS", description = "The address to be paid at.")
    private String user = "";

    @Option(names = "--threads", paramLabel = "COUNT", description = "Default: the processors of this machine.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "Print a JSON object every ten seconds.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        StratumUrl server = server();
        CompilerDirectives.leaveGeneratedCodeToTheSecondTier().ifPresent(MineCommand::note);
        try (NonceSearch search = new NonceSearch(
                new SearchSettings(threads, OptionalLong.empty()), KernelType.DIGEST, System::nanoTime)) {
            StratumWorker worker = new StratumWorker(server, user, search, MineCommand::note);
            Thread reports = Thread.ofPlatform().daemon().start(() -> report(worker, search));
            KernelChooser chooser = new KernelChooser(outcome -> {
                outcome.remarks().forEach(MineCommand::note);
                worker.calibrated(outcome);
            });
            try {
                worker.run();
            } catch (UnauthorizedException e) {
                note(String.valueOf(e.getMessage()));
                return 1;
            } finally {
                chooser.close();
                reports.interrupt();
            }
        }
        return 0;
    }

    private StratumUrl server() {
        try {
            return StratumUrl.parse(url);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    Optional.ofNullable(spec).orElseThrow().commandLine(), "--url: " + e.getMessage(), e);
        }
    }

    /** One line that is drawn again every second on a terminal, else a line every ten seconds. */
    private void report(StratumWorker worker, NonceSearch search) {
        Console console = System.console();
        boolean redraws = !json && console != null && console.isTerminal();
        try {
            while (true) {
                Thread.sleep(redraws ? REDRAW_MILLIS : REPORT_MILLIS);
                String line = String.format(
                        Locale.ROOT,
                        json
                                ? "{\"hashesPerSecond\":%.0f,\"kernel\":\"%s\",\"threads\":%d,\"accepted\":%d,\"refused\":%d}"
                                : "%.0f H/s with %s on %d threads, %d shares accepted, %d refused",
                        search.hashesPerSecond(),
                        search.kernelName(),
                        search.threadCount(),
                        worker.accepted(),
                        worker.refused());
                if (redraws) {
                    System.out.print(CLEAR_LINE + line);
                    System.out.flush();
                } else {
                    System.out.println(line);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void note(String text) {
        System.err.println(text);
    }
}
