package synod.testnet.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import synod.chain.RejectedException;
import synod.testnet.network.Deadline;
import synod.testnet.network.NetworkWait;
import synod.testnet.network.NodeDirectory;
import synod.testnet.network.NodeStatus;
import synod.testnet.network.StartedNode;
import synod.testnet.network.Testnet;

/** Lets a node that knows nothing but the genesis fetch a long chain from three others, and measures how fast. */
public final class LateJoiner {
    private static final int SEEDS = 3;
    private static final Duration TIME_TO_START = Duration.ofMinutes(5);
    private static final Duration TIME_TO_SYNC = Duration.ofMinutes(15);
    private static final Duration TIME_TO_AGREE = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 100;
    private static final long REPORT_MILLIS = 5_000;

    private final Testnet testnet;
    private final Consumer<String> out;

    /**
     * A proof on a network that is not there yet.
     *
     * @param out hears what happens, a line at a time
     */
    public LateJoiner(Testnet testnet, Consumer<String> out) {
        this.testnet = testnet;
        this.out = out;
    }

    /**
     * What was measured.
     *
     * @param blocks how many the joiner fetched and executed
     * @param transactions how many were in them
     * @param seconds from the start of its process to the head of the others
     */
    public record Result(long blocks, long transactions, double seconds) {
        /** Blocks a second. */
        public double blocksPerSecond() {
            return blocks / seconds;
        }

        /** Transactions a second. */
        public double transactionsPerSecond() {
            return transactions / seconds;
        }
    }

    /**
     * Makes the chain, gives it to three nodes, and lets a fourth join.
     *
     * @throws ProofFailure if the fourth does not come to the same head and state
     */
    public Result run(int blocks, int transfersPerBlock) {
        PreparedChain chain = new PreparedChain(blocks, transfersPerBlock);
        testnet.create(SEEDS, false, _ -> chain.genesis());
        prepare(chain);
        Deadline starting = Deadline.in(TIME_TO_START);
        new NetworkWait(testnet, TIME_TO_START, _ -> {}).awaitNetwork(testnet.startAll());
        NodeStatus.Answer goal = Agreement.await(testnet, TIME_TO_AGREE);
        mustBe(goal.height() == blocks, "the three nodes stand at height " + goal.height() + ", not " + blocks);
        out.accept(String.format(
                Locale.ROOT,
                "%d nodes read %d blocks from their journals in %.1f s and agree on head %s",
                SEEDS,
                blocks,
                starting.elapsed().toMillis() / 1e3,
                goal.head()));
        StartedNode joiner = testnet.add("late", false);
        double seconds = awaitHead(joiner, goal);
        Agreement.await(testnet, TIME_TO_AGREE);
        return new Result(blocks, chain.transactions(), seconds);
    }

    private void prepare(PreparedChain chain) {
        List<NodeDirectory> seeds = testnet.directory().nodeDirectories();
        try {
            Deadline making = Deadline.in(TIME_TO_START);
            chain.write(seeds.getFirst().data());
            out.accept(String.format(
                    Locale.ROOT, "made the chain in %.1f s", making.elapsed().toMillis() / 1e3));
            for (NodeDirectory seed : seeds.subList(1, seeds.size())) {
                copy(seeds.getFirst().data(), seed.data());
            }
        } catch (RejectedException e) {
            throw new IllegalStateException("the chain that was made breaks the rules", e);
        } catch (IOException e) {
            throw new ProofFailure("the chain could not be written: " + e.getMessage());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private double awaitHead(StartedNode joiner, NodeStatus.Answer goal) {
        Deadline deadline = Deadline.in(TIME_TO_SYNC);
        long nextReport = REPORT_MILLIS;
        while (true) {
            joiner.mustLive();
            NodeStatus status = testnet.status(joiner.name());
            if (status.answer()
                    .filter(answer -> answer.head().equals(goal.head()))
                    .isPresent()) {
                return deadline.elapsed().toMillis() / 1e3;
            }
            if (deadline.passed()) {
                throw new ProofFailure("the late node stands at "
                        + status.answer().map(NodeStatus.Answer::height).orElse(0L) + " after "
                        + TIME_TO_SYNC.toMinutes() + " min: " + status.activity());
            }
            if (deadline.elapsed().toMillis() >= nextReport) {
                nextReport += REPORT_MILLIS;
                out.accept(String.format(
                        Locale.ROOT,
                        "after %.1f s at height %d: %s",
                        deadline.elapsed().toMillis() / 1e3,
                        status.answer().map(NodeStatus.Answer::height).orElse(0L),
                        status.activity()));
            }
            Deadline.pause(POLL_MILLIS);
        }
    }

    private static void mustBe(boolean condition, String otherwise) {
        if (!condition) {
            throw new ProofFailure(otherwise);
        }
    }
}
