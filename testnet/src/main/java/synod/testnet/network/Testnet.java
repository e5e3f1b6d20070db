package synod.testnet.network;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import synod.genesis.Genesis;
import synod.genesis.NodeKeys;

/** One local network, and what can be done to it. Commands that change it wait for each other. */
public final class Testnet {
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(15);
    private static final Duration TIME_TO_DIE = Duration.ofSeconds(5);

    private final TestnetDirectory directory;
    private final Consumer<String> notice;
    private final NetworkFiles files;
    private final Startup startup;

    /**
     * The network in this directory, whether it is there yet or not.
     *
     * @param program finds what nodes are started with, when there is one to start
     * @param notice hears what is worth knowing meanwhile, a sentence at a time
     */
    public Testnet(TestnetDirectory directory, Supplier<NodeProgram> program, Consumer<String> notice) {
        this.directory = directory;
        this.notice = notice;
        this.files = new NetworkFiles(directory);
        this.startup = new Startup(program, files, notice);
    }

    public TestnetDirectory directory() {
        return directory;
    }

    /** Whether there is a network. */
    public boolean exists() {
        return directory.holdsNetwork();
    }

    /** The genesis of the network. */
    public Genesis genesis() {
        mustExist();
        return files.genesis();
    }

    /**
     * Makes a network of nodes n1 to nCOUNT that do not run yet.
     *
     * @param mine whether they mine, where there is mining
     * @param genesis makes the genesis for the nodes' keys
     */
    public void create(int count, boolean mine, Function<List<NodeKeys>, Genesis> genesis) {
        try (DirectoryLock _ = lock()) {
            files.create(NetworkFiles.names(count), mine, genesis);
            describe().save(directory);
        }
    }

    /**
     * Lets miners connect to a node from its next start on.
     *
     * @return the port on which it will listen for them
     */
    public int serveMiners(String node) {
        mustExist();
        try (DirectoryLock _ = lock()) {
            NodeSettings settings = NodeSettings.load(directory.node(node));
            int port = settings.minersPort().orElseGet(() -> Ports.freeFrom(Ports.FIRST_STRATUM, Set.of()));
            settings.serveMiners(port);
            settings.save();
            return port;
        }
    }

    /** From its next start on, this node lies by the strategy, or is honest if there is none. */
    public void lie(String node, Optional<String> strategy) {
        description().node(node);
        try (DirectoryLock _ = lock()) {
            NodeSettings settings = NodeSettings.load(directory.node(node));
            settings.lie(strategy);
            settings.save();
        }
    }

    /**
     * What is written down about the network.
     *
     * @throws TestnetException if there is no network, or the file is damaged
     */
    public TestnetDescription description() {
        mustExist();
        // whoever deleted the file, or could not write it, has left all that it is made of
        return TestnetDescription.load(directory).orElseGet(this::describe);
    }

    /** How the nodes fare, in the order of the description. */
    public List<NodeStatus> status() {
        return status(description().nodes());
    }

    /** How these nodes fare, in their order. */
    public List<NodeStatus> status(List<TestnetDescription.Node> nodes) {
        return new StatusProbe(directory).probe(nodes);
    }

    /** How one node fares. */
    public NodeStatus status(String name) {
        return status(List.of(description().node(name))).getFirst();
    }

    /** Starts all nodes that have no process, and returns them. */
    public List<StartedNode> startAll() {
        mustExist();
        try (DirectoryLock _ = lock()) {
            TestnetDescription described = describe();
            described.save(directory);
            return start(
                    described,
                    directory.nodeDirectories().stream()
                            .filter(node -> process(described.node(node.name())).isEmpty())
                            .toList());
        }
    }

    /** Starts one node. */
    public StartedNode start(String name) {
        mustExist();
        try (DirectoryLock _ = lock()) {
            TestnetDescription described = description();
            process(described.node(name)).ifPresent(process -> {
                throw TestnetException.failure("Node " + name + " runs already, as process " + process.pid() + ".");
            });
            return start(described, List.of(directory.node(name))).getFirst();
        }
    }

    /** Makes one more node, which knows the genesis and its peers and nothing else, and starts it. */
    public StartedNode add(String name, boolean mines) {
        mustExist();
        if (!TestnetDirectory.NODE_NAME.matcher(name).matches()) {
            throw TestnetException.usage("'" + name + "' cannot be a node's name: use up to 16 lower-case letters,"
                    + " digits and '-', a letter first.");
        }
        try (DirectoryLock _ = lock()) {
            if (directory.nodeDirectories().contains(directory.node(name))) {
                throw TestnetException.failure(
                        "There is a node " + name + " already; ./synod testnet start " + name + " starts it.");
            }
            files.addNode(name, mines, files.genesis());
            return start(describe(), List.of(directory.node(name))).getFirst();
        }
    }

    private List<StartedNode> start(TestnetDescription before, List<NodeDirectory> nodes) {
        List<StartedNode> started = startup.start(nodes);
        describe(node -> started.stream()
                        .filter(one -> one.directory().equals(node))
                        .map(StartedNode::pid)
                        .findFirst()
                        .or(() -> recordedPid(before, node)))
                .save(directory);
        return started;
    }

    /** Ends all nodes that have a process, and returns their names; their data stay. */
    public List<String> stopAll() {
        mustExist();
        try (DirectoryLock _ = lock()) {
            TestnetDescription described = describe();
            List<TestnetDescription.Node> alive = described.nodes().stream()
                    .filter(node -> process(node).isPresent())
                    .toList();
            // all at once: each needs a moment to put its house in order
            alive.forEach(node -> process(node).ifPresent(NodeProcess::terminate));
            Deadline deadline = Deadline.in(TIME_TO_STOP);
            for (TestnetDescription.Node node : alive) {
                process(node).ifPresent(process -> awaitStop(node.name(), process, deadline));
            }
            describe(_ -> Optional.empty()).save(directory);
            return alive.stream().map(TestnetDescription.Node::name).toList();
        }
    }

    private void awaitStop(String name, NodeProcess process, Deadline deadline) {
        if (process.awaitEnd(deadline.remaining())) {
            return;
        }
        notice.accept("Node " + name + " did not stop within " + TIME_TO_STOP.toSeconds() + " s; killing it.");
        kill(name, process);
    }

    /** Ends one node without warning. */
    public long kill(String name) {
        mustExist();
        try (DirectoryLock _ = lock()) {
            NodeProcess process = mustRun(name);
            kill(name, process);
            return process.pid();
        }
    }

    private static void kill(String name, NodeProcess process) {
        process.kill();
        if (!process.awaitEnd(TIME_TO_DIE)) {
            throw TestnetException.failure("Node " + name + ", process " + process.pid() + ", does not die of SIGKILL:"
                    + " it may wait for a disk that does not answer.");
        }
    }

    /** Makes one node stand still. */
    public long pause(String name) {
        mustExist();
        try (DirectoryLock _ = lock()) {
            NodeProcess process = mustRun(name);
            if (process.isPaused()) {
                throw TestnetException.failure("Node " + name + " stands still already.");
            }
            process.pause();
            return process.pid();
        }
    }

    /** Lets one node go on. */
    public long resume(String name) {
        mustExist();
        try (DirectoryLock _ = lock()) {
            NodeProcess process = mustRun(name);
            if (!process.isPaused()) {
                throw TestnetException.failure("Node " + name + " is not paused.");
            }
            process.resume();
            return process.pid();
        }
    }

    /** Ends all nodes and deletes the network with all its data. */
    public void reset() {
        try (DirectoryLock _ = lock()) {
            for (NodeDirectory node : directory.nodeDirectories()) {
                NodeProcess.find(node, Optional.empty()).ifPresent(process -> kill(node.name(), process));
            }
            directory.delete();
        }
    }

    private TestnetDescription describe() {
        Optional<TestnetDescription> before;
        try {
            before = TestnetDescription.load(directory);
        } catch (TestnetException e) {
            notice.accept(e.getMessage());
            before = Optional.empty();
        }
        Optional<TestnetDescription> known = before;
        return describe(node -> known.flatMap(description -> recordedPid(description, node)));
    }

    private TestnetDescription describe(Function<NodeDirectory, Optional<Long>> recorded) {
        return files.describe(node -> NodeProcess.find(node, recorded.apply(node))
                .map(NodeProcess::pid)
                .or(() -> recorded.apply(node)));
    }

    private static Optional<Long> recordedPid(TestnetDescription description, NodeDirectory node) {
        return description.nodes().stream()
                .filter(known -> known.name().equals(node.name()))
                .findFirst()
                .flatMap(TestnetDescription.Node::pid);
    }

    private NodeProcess mustRun(String name) {
        TestnetDescription.Node node = description().node(name);
        return process(node)
                .orElseThrow(() -> TestnetException.failure(
                        "Node " + name + " does not run; ./synod testnet start " + name + " starts it."));
    }

    private Optional<NodeProcess> process(TestnetDescription.Node node) {
        return NodeProcess.find(directory.node(node.name()), node.pid());
    }

    private void mustExist() {
        if (!exists()) {
            throw TestnetException.unreachable(
                    "There is no testnet in " + directory + ". ./synod testnet up makes one.");
        }
    }

    private DirectoryLock lock() {
        return DirectoryLock.take(directory, notice);
    }
}
