package synod.node.runtime;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.chain.Block;
import synod.crypto.Address;
import synod.crypto.SigningKey;
import synod.node.replica.ChainGenesis;
import synod.node.replica.ReplicaClient;
import synod.node.stratum.PoolPayments;
import synod.node.stratum.StratumServer;

/** The Stratum server and, where the rewards are the node's own to divide, the payments to its miners. */
final class MinersService {
    private static final Logger LOG = LoggerFactory.getLogger(MinersService.class);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final StratumServer server;
    private final Optional<PoolPayments> payments;

    /**
     * Starts the server.
     *
     * @param payout who receives the blocks' rewards
     * @param key the node's key; if the rewards go to its address, they are divided among the miners
     * @param onFound takes blocks that miners found
     */
    MinersService(
            InetSocketAddress listen,
            ChainGenesis chain,
            Address payout,
            SigningKey key,
            ReplicaClient replica,
            Consumer<Block> onFound)
            throws IOException {
        boolean divides = payout.equals(Address.of(key.publicKey()));
        payments = divides
                ? Optional.of(new PoolPayments(
                        replica, chain.genesis().rules(), chain.block0().id(), key))
                : Optional.empty();
        String prefix = chain.genesis().addressPrefix();
        server = StratumServer.start(listen, prefix, () -> System.nanoTime() / NANOS_PER_MILLI, found -> {
            onFound.accept(found.block());
            payments.ifPresent(book -> book.found(found));
        });
        LOG.info(
                "miners connect on port {}; rewards go to {}{}",
                server.port(),
                payout.format(prefix),
                divides ? " and are divided by shares" : ", which divides them or not (mining.payout is not 'node')");
    }

    void candidate(Block candidate) {
        server.candidate(candidate);
    }

    int port() {
        return server.port();
    }

    void close() {
        server.close();
        payments.ifPresent(PoolPayments::close);
    }
}
