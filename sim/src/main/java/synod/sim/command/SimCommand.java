package synod.sim.command;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import synod.sim.fault.FaultClass;
import synod.sim.protocol.Protocols;
import synod.sim.run.Campaign;
import synod.sim.run.Outcome;
import synod.sim.run.Plan;
import synod.sim.run.Run;
import synod.sim.run.Shrinker;
import synod.sim.world.Story;

/** {@code synod sim}: runs seeds and says what came of them. */
@Command(
        name = "synod sim",
        mixinStandardHelpOptions = true,
        description = "Runs real replicas on a simulated network, disk and clock, with faults drawn from a seed, and"
                + " checks after every event what must hold. The same seed gives the same run.",
        footer = {
            "",
            "Exit code 0: everything held; 1: something did not (seed, command and smaller command are printed);"
                    + " 2: wrong usage.",
            "",
            "Examples:",
            "  synod sim --engine pbft --seeds 1000",
            "  synod sim --engine pbft --seed 42 --trace story.txt"
        })
public final class SimCommand implements Callable<Integer> {
    private static final int MAX_NODES = 100;
    private static final long PROGRESS_SECONDS = 2;

    /** Between lines of progress where they scroll by in a log. */
    private static final long LOG_PROGRESS_SECONDS = 30;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--engine", required = true, paramLabel = "NAME", description = "The engine: pbft, pos or pow.")
    private String engine = "";

    @Option(names = "--seed", defaultValue = "1", paramLabel = "S", description = "The (first) seed; 1 if not given.")
    private long seed;

    @Option(
            names = "--seeds",
            defaultValue = "1",
            paramLabel = "N",
            description = "How many seeds, one after the other.")
    private long seeds;

    @Option(
            names = "--events",
            defaultValue = "2000",
            paramLabel = "N",
            description = "So many events before faults end; 2000 if not given.")
    private long events;

    @Option(names = "--nodes", defaultValue = "0", paramLabel = "N", description = "How many members; else drawn.")
    private int nodes;

    @Option(
            names = "--liars",
            defaultValue = "-1",
            paramLabel = "N",
            description =
                    "So many members lie; else the seed draws whether as many do as the engine tolerates. With more"
                            + " the checkers can be seen to fire.")
    private int liars;

    @Option(
            names = "--strategy",
            defaultValue = "",
            paramLabel = "NAME",
            description = "How they lie; else drawn. 'twin': two nodes with one key; see docs/simulation.md.")
    private String strategy = "";

    @Option(
            names = "--without",
            paramLabel = "FAULT",
            description = "A kind of fault that must not occur: " + "${COMPLETION-CANDIDATES}.",
            completionCandidates = FaultNames.class)
    private List<String> without = List.of();

    @Option(
            names = "--threads",
            defaultValue = "0",
            paramLabel = "N",
            description = "Seeds at a time; else one a core.")
    private int threads;

    @Option(names = "--trace", paramLabel = "FILE", description = "Write the story of the seed there, a line an event.")
    private @Nullable Path trace;

    private long nextProgressNanos;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** The names of fault classes, for help and completion. */
    static final class FaultNames extends java.util.ArrayList<String> {
        FaultNames() {
            super(java.util.Arrays.stream(FaultClass.values())
                    .map(FaultClass::code)
                    .toList());
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        Plan plan = plan();
        PrintWriter out = own().commandLine().getOut();
        Report report = new Report(out, json);
        long begun = System.nanoTime();
        nextProgressNanos = begun + progressNanos();
        Campaign campaign = Campaign.run(plan, seeds, threads(), this::progress);
        Path file = trace;
        if (file != null) {
            write(file, plan);
        }
        List<Outcome> failures = campaign.failures();
        report.print(
                plan,
                campaign,
                System.nanoTime() - begun,
                failures.isEmpty() ? List.of() : List.of(Shrinker.shrink(failures.getFirst())));
        return failures.isEmpty() ? CommandLine.ExitCode.OK : 1;
    }

    private Plan plan() {
        if (!Protocols.names().contains(engine)) {
            throw usage("--engine: '" + engine + "' is none of " + Protocols.names());
        }
        if (nodes > 0 && liars > nodes) {
            throw usage("--liars: " + liars + " of " + nodes + " members cannot lie");
        }
        if (seeds < 1 || events < 1 || threads < 0) {
            throw usage("--seeds and --events must be 1 or more, --threads not negative");
        }
        if (nodes < 0 || nodes > MAX_NODES) {
            throw usage("--nodes must be 1 to " + MAX_NODES + ", or 0 for the seed to draw it");
        }
        Path file = trace;
        if (file != null) {
            checkTrace(file);
        }
        if (!strategy.isEmpty() && !Protocols.strategies(engine).contains(strategy)) {
            throw usage("--strategy: '" + strategy + "' is none of " + Protocols.strategies(engine));
        }
        Set<FaultClass> off = new TreeSet<>();
        for (String name : without) {
            off.add(FaultClass.named(name)
                    .orElseThrow(() -> usage("--without: '" + name + "' is none of " + new FaultNames())));
        }
        return new Plan(engine, seed, events, nodes, liars, strategy, off);
    }

    private void checkTrace(Path file) {
        if (seeds > 1) {
            throw usage("--trace: a story is of one seed, not of " + seeds);
        }
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw usage("--trace: there is no directory " + directory);
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(own().commandLine(), message);
    }

    private CommandSpec own() {
        CommandSpec own = spec;
        if (own == null) {
            throw new IllegalStateException("picocli did not set up the command");
        }
        return own;
    }

    private int threads() {
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }

    private void progress(Campaign campaign) {
        if (System.nanoTime() - nextProgressNanos >= 0) {
            nextProgressNanos = System.nanoTime() + progressNanos();
            PrintWriter err = own().commandLine().getErr();
            err.printf(
                    Locale.ROOT,
                    "%,d of %,d seeds, %,d events, %d failures%n",
                    campaign.seeds(),
                    seeds,
                    campaign.events(),
                    campaign.failures().size());
            err.flush();
        }
    }

    private static long progressNanos() {
        Console console = System.console();
        boolean terminal = console != null && console.isTerminal();
        return TimeUnit.SECONDS.toNanos(terminal ? PROGRESS_SECONDS : LOG_PROGRESS_SECONDS);
    }

    private static void write(Path file, Plan plan) {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
            out.println("# " + plan.command());
            Story story = (millis, who, what) ->
                    out.printf(Locale.ROOT, "%10.3f  %-4s %s%n", millis / 1_000.0, who, what.get());
            Outcome outcome = Run.of(plan, story);
            out.println("# liars, by number of the member from 0: "
                    + outcome.swarm().adversaries());
            out.println("# "
                    + outcome.violation()
                            .map(violation -> violation.checker() + ": " + violation.getMessage())
                            .orElse("everything held"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
