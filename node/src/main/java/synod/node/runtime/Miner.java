package synod.node.runtime;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import synod.chain.Block;
import synod.consensus.pow.search.DigestKernel;
import synod.consensus.pow.search.NonceSearch;
import synod.consensus.pow.search.SearchSettings;
import synod.crypto.Address;
import synod.node.config.NodeConfig;
import synod.node.rpc.port.MinerPort;

/** The node's nonce search, if it mines. */
final class Miner implements MinerPort {
    private final Optional<Address> payout;
    private final Optional<NonceSearch> search;

    Miner(Optional<NodeConfig.Mining> mining, Optional<Address> payout, Consumer<Block> onFound) {
        this.payout = payout;
        this.search = mining.map(settings -> new NonceSearch(
                new SearchSettings(
                        settings.threads(),
                        settings.maxHashesPerSecond().map(OptionalLong::of).orElseGet(OptionalLong::empty),
                        new SecureRandom().nextLong()),
                DigestKernel::new,
                System::nanoTime,
                onFound));
    }

    void search(Block candidate) {
        search.ifPresent(nonces -> nonces.search(candidate));
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
                        payout))
                .orElseGet(() -> new MinerStatus(false, 0, 0, "none", Optional.empty()));
    }

    void close() {
        search.ifPresent(NonceSearch::close);
    }
}
