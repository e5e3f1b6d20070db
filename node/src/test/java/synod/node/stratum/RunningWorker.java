package synod.node.stratum;

import java.util.OptionalLong;
import synod.consensus.pow.search.KernelType;
import synod.consensus.pow.search.NonceSearch;
import synod.consensus.pow.search.SearchSettings;
import synod.node.mining.StratumUrl;
import synod.node.mining.StratumWorker;
import synod.node.mining.UnauthorizedException;

/** A worker of this project on a thread of its own. */
final class RunningWorker implements AutoCloseable {
    private final NonceSearch search =
            new NonceSearch(new SearchSettings(1, OptionalLong.of(1_000_000)), KernelType.DIGEST, System::nanoTime);
    private final StratumWorker worker;
    private final Thread thread;

    RunningWorker(int port) {
        worker = new StratumWorker(
                StratumUrl.parse("stratum+tcp://127.0.0.1:" + port), TestMiner.ALICE, search, sentence -> {});
        thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                worker.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (UnauthorizedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    long accepted() {
        return worker.accepted();
    }

    @Override
    public void close() {
        thread.interrupt();
        search.close();
    }
}
