package synod.node.runtime;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.chain.Block;
import synod.consensus.pow.search.BlockTask;
import synod.consensus.pow.search.KernelCalibration;
import synod.consensus.pow.search.KernelChooser;
import synod.consensus.pow.search.KernelType;
import synod.consensus.pow.search.NonceSearch;
import synod.consensus.pow.search.SearchSettings;
import synod.crypto.Address;
import synod.node.config.NodeConfig;
import synod.node.mining.CompilerDirectives;
import synod.node.rpc.port.MinerPort;

/**
 * The node's nonce search, if it mines. It begins with the JDK's SHA-256; if it may go as fast as it can, a calibration
 * beside it gives it the fastest kernel some seconds later. It gives way to the replica.
 */
final class Miner implements MinerPort {
    private static final Logger LOG = LoggerFactory.getLogger(Miner.class);

    /** Under a lower cap a thread has enough of any kernel, and the calibration would cost more than it gains. */
    private static final long CALIBRATED_HASHES_PER_SECOND = 500_000;

    private final Optional<Address> payout;
    private final Consumer<Block> onFound;
    private final Optional<NonceSearch> search;
    private final Optional<KernelChooser> chooser;
    private final long extraNonceOffset = new SecureRandom().nextLong();

    /**
     * A miner.
     *
     * @param onFound takes blocks whose nonce was found
     * @param isReplicaBusy whether the replica wants a processor
     */
    Miner(
            Optional<NodeConfig.Mining> mining,
            Optional<Address> payout,
            Consumer<Block> onFound,
            BooleanSupplier isReplicaBusy) {
        this.payout = payout;
        this.onFound = onFound;
        this.search = mining.filter(settings -> settings.threads() > 0)
                .map(settings ->
                        new NonceSearch(searchSettings(settings), KernelType.DIGEST, System::nanoTime, isReplicaBusy));
        this.chooser = mining.filter(settings -> settings.threads() > 0 && isCalibrated(settings))
                .flatMap(settings -> search)
                .map(Miner::calibrate);
    }

    private static SearchSettings searchSettings(NodeConfig.Mining mining) {
        return new SearchSettings(
                mining.threads(),
                mining.maxHashesPerSecond().map(OptionalLong::of).orElseGet(OptionalLong::empty));
    }

    private static boolean isCalibrated(NodeConfig.Mining mining) {
        return mining.maxHashesPerSecond().orElse(Long.MAX_VALUE) / mining.threads() >= CALIBRATED_HASHES_PER_SECOND;
    }

    private static KernelChooser calibrate(NonceSearch search) {
        CompilerDirectives.leaveGeneratedCodeToTheSecondTier().ifPresent(LOG::warn);
        return new KernelChooser(outcome -> {
            search.use(
                    outcome.best().kernel(),
                    outcome.leastHashesPerSecond(),
                    name -> LOG.warn("the kernel {} has become slow: the JIT has probably given up its code", name));
            log(outcome);
        });
    }

    private static void log(KernelCalibration.Outcome outcome) {
        outcome.remarks().forEach(LOG::warn);
        LOG.info(
                "searching nonces with the kernel {}: {}",
                outcome.best().kernel().name(),
                outcome.all().stream()
                        .map(speed ->
                                String.format("%s %.2f MH/s", speed.kernel().name(), speed.hashesPerSecond() / 1e6))
                        .toList());
    }

    void search(Block candidate) {
        search.ifPresent(nonces -> nonces.search(new BlockTask(candidate, extraNonceOffset, onFound)));
    }

    void stopSearch() {
        search.ifPresent(NonceSearch::cancel);
    }

    @Override
    public MinerStatus status() {
        return search.map(nonces -> new MinerStatus(
                        nonces.isSearching(),
                        nonces.hashesPerSecond(),
                        nonces.threadCount(),
                        nonces.kernelName(),
                        nonces.slowKernel(),
                        payout))
                .orElseGet(() -> new MinerStatus(false, 0, 0, "none", Optional.empty(), Optional.empty()));
    }

    void close() {
        chooser.ifPresent(KernelChooser::close);
        search.ifPresent(NonceSearch::close);
    }
}
