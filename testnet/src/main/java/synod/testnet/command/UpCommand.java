package synod.testnet.command;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import synod.genesis.Genesis;
import synod.genesis.Preset;
import synod.node.byzantine.Strategies;
import synod.testnet.network.ExitCode;
import synod.testnet.network.NetworkWait;
import synod.testnet.network.StartedNode;
import synod.testnet.network.Testnet;
import synod.testnet.network.TestnetException;

/** Makes a network if there is none, and starts its nodes. */
@Command(
        name = "up",
        description =
                "Start a local network, one process a node, and return with the nodes running. Makes the network if"
                        + " there is none; goes on with its chain if there is one.",
        footer = {"", "Example: synod testnet up --nodes 4 --preset dev"})
final class UpCommand extends TestnetSubcommand {
    private static final String HONEST = "honest";
    private static final int DEFAULT_NODES = 4;
    private static final int MAX_NODES = 16;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description = "Which engine decides blocks: pow, pbft or pos. Default: pow.")
    private @Nullable String engine;

    @Option(names = "--nodes", paramLabel = "COUNT", description = "How many nodes, 1 to 16. Default: 4.")
    private @Nullable Integer nodes;

    @Option(
            names = "--preset",
            paramLabel = "PRESET",
            description = "dev: quick, for one machine; slow: as on a real network. Default: dev.")
    private @Nullable String preset;

    @Option(
            names = "--byzantine",
            paramLabel = "NODE=STRATEGY",
            split = ",",
            description = "Let members lie, under pbft: n3=equivocate; n3=honest ends it. Takes effect when the node"
                    + " starts. Strategies: ${COMPLETION-CANDIDATES}.",
            completionCandidates = ByzantineStrategies.class)
    private Map<String, String> byzantine = new LinkedHashMap<>();

    @Option(
            names = "--stratum",
            description = "Let miners of this machine connect to the first node (engine pow); see synod mine.")
    private boolean stratum;

    @Option(names = "--detach", description = "Return as soon as the processes are started.")
    private boolean detach;

    UpCommand(Environment environment) {
        super(environment);
    }

    @Override
    int run(Session session) {
        Testnet testnet = session.testnet();
        optionsMustFitTheEngine(testnet.exists() ? testnet.genesis().engine().engine() : decider());
        if (testnet.exists()) {
            mustFit(session, testnet);
        } else {
            create(session, testnet);
        }
        if (stratum) {
            serveMiners(session, testnet);
        }
        byzantine.forEach((node, strategy) -> lie(session, testnet, node, strategy));
        long begunNanos = System.nanoTime();
        List<StartedNode> started = testnet.startAll();
        started.forEach(StartedNode::mustLive);
        if (started.isEmpty()) {
            session.note("The network runs already.");
        }
        if (!started.isEmpty()) {
            session.note(started.size() + (started.size() == 1 ? " node" : " nodes") + " started.");
        }
        if (!detach) {
            session.progress(progress -> {
                new NetworkWait(testnet, NetworkWait.PATIENCE, progress).awaitNetwork(started);
                session.note(String.format(Locale.ROOT, "Ready after %.1f s.", (System.nanoTime() - begunNanos) / 1e9));
            });
        }
        StatusReport report = StatusReport.of(testnet);
        session.result(report.json(), report.text() + System.lineSeparator() + hints(session));
        return ExitCode.OK;
    }

    private String decider() {
        return engine == null ? Preset.engines().getFirst() : engine;
    }

    /** Before anything is made or changed. */
    private void optionsMustFitTheEngine(String decider) {
        if (stratum && !decider.equals("pow")) {
            throw TestnetException.usage("Under " + decider + " nobody mines; --stratum goes with --engine pow.");
        }
        if (!byzantine.isEmpty() && !decider.equals("pbft")) {
            throw TestnetException.usage("Under " + decider + " nobody lies; --byzantine goes with --engine pbft.");
        }
        for (String strategy : byzantine.values()) {
            if (!strategy.equals(HONEST) && !Strategies.names().contains(strategy)) {
                throw TestnetException.usage("There is no strategy '" + strategy + "'; there are "
                        + String.join(", ", Strategies.names()) + ", and " + HONEST + ".");
            }
        }
    }

    private void create(Session session, Testnet testnet) {
        int count = nodes == null ? DEFAULT_NODES : nodes;
        if (count < 1 || count > MAX_NODES) {
            throw TestnetException.usage("--nodes is " + count + "; a local network has 1 to " + MAX_NODES + " nodes.");
        }
        String name = preset == null ? Preset.DEV.code() : preset;
        Preset chosen = Preset.named(name)
                .orElseThrow(() ->
                        TestnetException.usage("There is no preset '" + name + "'; there are " + presets() + "."));
        String decider = decider();
        if (!Preset.engines().contains(decider)) {
            throw TestnetException.usage(
                    "There is no engine '" + decider + "'; there are " + String.join(", ", Preset.engines()) + ".");
        }
        testnet.create(count, true, keys -> chosen.genesis(decider, System.currentTimeMillis(), keys));
        session.note("Made a network of " + count + (count == 1 ? " node" : " nodes") + " under " + decider
                + ", preset " + name + ", in " + session.directory() + ".");
    }

    private static String presets() {
        return Arrays.stream(Preset.values()).map(Preset::code).collect(Collectors.joining(", "));
    }

    /** What was typed must be true of the network that is there. */
    private void mustFit(Session session, Testnet testnet) {
        Genesis genesis = testnet.genesis();
        String way = ". Begin anew with " + session.command("reset") + ", or name another directory with --dir.";
        if (engine != null && !engine.equals(genesis.engine().engine())) {
            throw TestnetException.usage("The network in " + session.directory() + " runs under "
                    + genesis.engine().engine() + ", not " + engine + way);
        }
        if (preset != null && !genesis.name().equals("synod-" + preset)) {
            throw TestnetException.usage("The network in " + session.directory() + " is '" + genesis.name()
                    + "', which is not preset " + preset + way);
        }
        int present = session.directory().nodeDirectories().size();
        if (nodes != null && nodes != present) {
            throw TestnetException.usage("The network in " + session.directory() + " has " + present
                    + " nodes, not " + nodes + ". Add more with " + session.command("add NAME") + ", begin anew with "
                    + session.command("reset") + ", or name another directory with --dir.");
        }
    }

    private static void lie(Session session, Testnet testnet, String node, String strategy) {
        Optional<String> lie = Optional.of(strategy).filter(name -> !name.equals(HONEST));
        testnet.lie(node, lie);
        lie.ifPresent(name -> session.note("Node " + node + " will lie from its next start: " + name + "."));
    }

    /** For the help. */
    static final class ByzantineStrategies implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Strategies.names().iterator();
        }
    }

    private static void serveMiners(Session session, Testnet testnet) {
        int port = testnet.serveMiners("n1");
        session.note("Miners connect to n1: ./synod mine --url stratum+tcp://127.0.0.1:" + port + " --user ADDRESS");
    }

    private static String hints(Session session) {
        String directory = session.command("").replace("./synod testnet", "").strip();
        return String.join(
                System.lineSeparator(),
                "",
                "Next:",
                ("  ./synod wallet send alice bob 5 --wait " + directory).stripTrailing(),
                "  " + session.command("status --watch"),
                "  " + session.command("kill n2"),
                "  " + session.command("down"));
    }
}
