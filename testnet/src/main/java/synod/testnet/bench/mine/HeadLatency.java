package synod.testnet.bench.mine;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import synod.chain.Block;
import synod.chain.state.Ledger;
import synod.consensus.pow.search.KernelType;
import synod.consensus.pow.search.NonceSearch;
import synod.consensus.pow.search.SearchSettings;
import synod.crypto.Hash;
import synod.testnet.network.Deadline;
import synod.testnet.network.Json;
import synod.wallet.terminal.Table;
import synod.wallet.terminal.Table.Column;
import tools.jackson.databind.node.ObjectNode;

/**
 * Measures how long a block takes from its arrival until the head has moved, while all processors search nonces: a thread
 * waits for blocks as a replica's does, checks each signature, executes the block and compares its roots. Without a search,
 * with one that gives way as in a node, and with one that does not, in turn.
 */
public final class HeadLatency {
    /** What searches beside. */
    private enum Search {
        NONE("none"),
        GIVES_WAY("gives way, as in a node"),
        GREEDY("gives no way");

        private final String text;

        Search(String text) {
            this.text = text;
        }
    }

    private static final int ROUNDS = 10;
    private static final int BLOCKS_A_ROUND = 20;
    private static final int TRANSFERS = 50;
    private static final long INTERVAL_MILLIS = 60;
    private static final long SETTLE_MILLIS = 200;

    private final KernelType kernel;
    private final int threads;
    private final Consumer<String> progress;

    /**
     * A measurement.
     *
     * @param kernel what searches, warm
     * @param progress takes what is going on
     */
    public HeadLatency(KernelType kernel, int threads, Consumer<String> progress) {
        this.kernel = kernel;
        this.threads = threads;
        this.progress = progress;
    }

    /** What one way of searching did to the head, and what it searched meanwhile. */
    private static final class Figure {
        private final double[] millis = new double[ROUNDS * BLOCKS_A_ROUND];
        private int count;
        private double hashesPerSecond;

        void add(long nanos) {
            millis[count++] = nanos / 1e6;
        }

        double quantile(double share) {
            double[] sorted = Arrays.copyOf(millis, count);
            Arrays.sort(sorted);
            return sorted[Math.clamp((int) Math.ceil(share * count) - 1, 0, count - 1)];
        }
    }

    /**
     * What was measured.
     *
     * @param text for people
     * @param json for programs, an object for each way of searching
     */
    public record Result(String text, List<ObjectNode> json) {}

    /** Measures; takes about a minute. */
    public Result run() {
        BlockSeries series = new BlockSeries();
        progress.accept("signing transfers");
        int rounds = 1 + ROUNDS * Search.values().length; // the first one warms up
        List<Block> blocks = series.blocks(rounds * BLOCKS_A_ROUND, TRANSFERS);
        Map<Search, Figure> figures = new EnumMap<>(Search.class);
        for (Search search : Search.values()) {
            figures.put(search, new Figure());
        }
        try (Receiver receiver = new Receiver(series)) {
            receiver.take(blocks.subList(0, BLOCKS_A_ROUND), new Figure());
            for (int round = 1; round < rounds; round++) {
                Search search = Search.values()[round % Search.values().length];
                progress.accept("round " + round + ", search " + search.text);
                List<Block> next = blocks.subList(round * BLOCKS_A_ROUND, (round + 1) * BLOCKS_A_ROUND);
                measure(receiver, next, search, figures.getOrDefault(search, new Figure()));
            }
        }
        return new Result(text(figures), json(figures));
    }

    private void measure(Receiver receiver, List<Block> blocks, Search search, Figure figure) {
        if (search == Search.NONE) {
            Deadline.pause(SETTLE_MILLIS);
            receiver.take(blocks, figure);
            return;
        }
        BooleanSupplier giveWay = search == Search.GIVES_WAY ? receiver::isBusy : () -> false;
        try (NonceSearch nonces =
                new NonceSearch(new SearchSettings(threads, OptionalLong.empty()), kernel, System::nanoTime, giveWay)) {
            nonces.search(new VerifiedTask());
            Deadline.pause(SETTLE_MILLIS);
            long hashes = nonces.totalHashes();
            long nanos = System.nanoTime();
            receiver.take(blocks, figure);
            figure.hashesPerSecond += (nonces.totalHashes() - hashes) * 1e9 / (System.nanoTime() - nanos) / ROUNDS;
        }
    }

    private static String text(Map<Search, Figure> figures) {
        Table table = new Table(List.of(
                new Column("search", false),
                new Column("p50 ms", true),
                new Column("p90 ms", true),
                new Column("p99 ms", true),
                new Column("max ms", true),
                new Column("MH/s", true)));
        figures.forEach((search, figure) -> table.row(List.of(
                search.text,
                number(figure.quantile(0.5)),
                number(figure.quantile(0.9)),
                number(figure.quantile(0.99)),
                number(figure.quantile(1)),
                search == Search.NONE ? "-" : number(figure.hashesPerSecond / 1e6))));
        return "From a block's arrival until the head has moved, " + TRANSFERS + " transfers a block:\n\n" + table;
    }

    private static List<ObjectNode> json(Map<Search, Figure> figures) {
        return figures.entrySet().stream()
                .map(entry -> Json.object()
                        .put("search", entry.getKey().name().toLowerCase(Locale.ROOT))
                        .put("blocks", entry.getValue().count)
                        .put("p50Millis", entry.getValue().quantile(0.5))
                        .put("p90Millis", entry.getValue().quantile(0.9))
                        .put("p99Millis", entry.getValue().quantile(0.99))
                        .put("maxMillis", entry.getValue().quantile(1))
                        .put("hashesPerSecond", entry.getValue().hashesPerSecond))
                .toList();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** The thread that blocks arrive at. */
    private static final class Receiver implements AutoCloseable {
        private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
        private final Ledger ledger;
        private final Hash chainId;
        private final Thread thread = new Thread(this::work, "receiver");
        private volatile boolean working;
        private boolean closed; // of the thread

        Receiver(BlockSeries series) {
            ledger = series.ledger();
            chainId = series.chainId();
            thread.setDaemon(true);
            thread.start();
        }

        boolean isBusy() {
            return working || !queue.isEmpty();
        }

        /** Takes the blocks, one every while. */
        void take(List<Block> blocks, Figure figure) {
            for (Block block : blocks) {
                CompletableFuture<Long> moved = new CompletableFuture<>();
                long arrived = System.nanoTime();
                queue.add(() -> {
                    accept(block);
                    moved.complete(System.nanoTime());
                });
                figure.add(moved.join() - arrived);
                Deadline.pause(INTERVAL_MILLIS);
            }
        }

        private void work() {
            try {
                while (!closed) {
                    Runnable next = queue.take();
                    working = true;
                    next.run();
                    working = false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void accept(Block block) {
            if (!block.transactions().stream().allMatch(transaction -> transaction.isSignedFor(chainId))) {
                throw new IllegalStateException("a signature of the benchmark is wrong");
            }
            BlockSeries.push(ledger, block);
        }

        @Override
        public void close() {
            queue.add(() -> closed = true);
        }
    }
}
