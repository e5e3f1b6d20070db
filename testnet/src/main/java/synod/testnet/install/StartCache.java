package synod.testnet.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import synod.consensus.pow.PowConsensus;
import synod.genesis.Preset;
import synod.testnet.network.NetworkWait;
import synod.testnet.network.NodeProgram;
import synod.testnet.network.StartedNode;
import synod.testnet.network.Testnet;
import synod.testnet.network.TestnetDirectory;
import synod.testnet.network.TestnetException;

/**
 * The nodes' ahead-of-time cache (JEP 483, 514): their classes read, checked and linked. One of two nodes of a little
 * network leaves it behind when it ends.
 */
final class StartCache {
    private static final Duration TIME_TO_STOP = Duration.ofMinutes(3);

    private final Path jars;

    StartCache(Path jars) {
        this.jars = jars;
    }

    /**
     * Makes the cache.
     *
     * @throws TestnetException if the nodes did not come up, or left none behind
     */
    void make() throws IOException {
        Path cache = NodeProgram.startCache(jars);
        Path work = Files.createTempDirectory("synod-install");
        TestnetDirectory directory = new TestnetDirectory(work.resolve("net"));
        NodeProgram plain = NodeProgram.of(jars, List.of());
        NodeProgram training = NodeProgram.of(jars, List.of("-XX:AOTCacheOutput=" + cache));
        Testnet testnet = new Testnet(directory, () -> plain, _ -> {});
        AtomicBoolean unfinished = new AtomicBoolean(true);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (unfinished.get()) {
                testnet.reset();
            }
        }));
        try {
            testnet.create(2, true, keys -> Preset.DEV.genesis(PowConsensus.NAME, System.currentTimeMillis(), keys));
            StartedNode observed = new Testnet(directory, () -> training, _ -> {}).start("n1");
            StartedNode other = testnet.start("n2");
            new NetworkWait(testnet, NetworkWait.PATIENCE, _ -> {}).awaitNetwork(List.of(observed, other));
            testnet.kill("n2");
            observed.stop(TIME_TO_STOP);
        } finally {
            testnet.reset();
            unfinished.set(false);
            Files.deleteIfExists(work);
        }
        if (!Files.exists(cache) || Files.size(cache) == 0) {
            throw TestnetException.failure("the node left no start cache behind");
        }
    }
}
