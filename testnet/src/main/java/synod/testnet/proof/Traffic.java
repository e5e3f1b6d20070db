package synod.testnet.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import synod.crypto.DevelopmentKeys;
import synod.crypto.Hash;
import synod.testnet.network.TestnetDescription;

/**
 * Payments between the development accounts, to all nodes, while it is open. Half of the accounts submit to one node each
 * and wait while it is down, so that what only this node has acknowledged is at stake; the others go to whichever answers.
 */
final class Traffic implements AutoCloseable {
    private static final long PAUSE_MILLIS = 80;

    private final Acknowledged acknowledged = new Acknowledged();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Payer> payers = new ArrayList<>();
    private final List<Future<?>> running = new ArrayList<>();

    private volatile TestnetDescription network;

    private Traffic(TestnetDescription network) {
        this.network = network;
    }

    /** Begins to pay. */
    static Traffic start(TestnetDescription network) {
        Traffic traffic = new Traffic(network);
        List<String> all =
                network.nodes().stream().map(TestnetDescription.Node::name).toList();
        List<String> names = DevelopmentKeys.names();
        for (int i = 0; i < names.size(); i++) {
            List<String> nodes = i % 2 == 0 ? List.of(all.get(i / 2 % all.size())) : all;
            traffic.payers.add(new Payer(
                    DevelopmentKeys.key(names.get(i)),
                    Hash.parse(network.chainId()),
                    DevelopmentKeys.address(names.get((i + 1) % names.size())),
                    nodes,
                    node -> traffic.network.node(node).rpc(),
                    PAUSE_MILLIS,
                    traffic.acknowledged));
        }
        traffic.payers.forEach(payer -> traffic.running.add(traffic.executor.submit(payer)));
        return traffic;
    }

    /** Says where the nodes answer now. */
    void moved(TestnetDescription described) {
        network = described;
    }

    /** What nodes have promised to keep so far. */
    Acknowledged acknowledged() {
        return acknowledged;
    }

    /**
     * Makes sure that all still pay.
     *
     * @throws ProofFailure if one could not
     */
    void mustFlow() {
        for (Future<?> future : running) {
            if (future.isDone()) {
                result(future);
            }
        }
    }

    private static void result(Future<?> future) {
        try {
            future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ProofFailure failure
                    ? failure
                    : new IllegalStateException("a payer failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Ends the payments, and waits for what is on its way. */
    void stop() {
        payers.forEach(Payer::stop);
        running.forEach(Traffic::result);
    }

    @Override
    public void close() {
        payers.forEach(Payer::stop);
        executor.close();
    }
}
