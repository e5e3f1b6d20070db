package synod.node.runtime;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.chain.Block;
import synod.chain.store.Disk;
import synod.crypto.Address;
import synod.crypto.SigningKey;
import synod.node.disk.FileDisk;
import synod.node.replica.ChainGenesis;
import synod.node.replica.ReplicaClient;
import synod.node.rpc.port.PoolPort;
import synod.node.stratum.MinersWork;
import synod.node.stratum.PoolAccounts;
import synod.node.stratum.PoolPayments;
import synod.node.stratum.StratumServer;

/** The Stratum server and, where the rewards are the node's own to divide, the payments to its miners. */
final class MinersService implements PoolPort {
    private static final Logger LOG = LoggerFactory.getLogger(MinersService.class);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final StratumServer server;
    private final Optional<Pool> pool;

    /** What divides the rewards. */
    private record Pool(Disk disk, PoolAccounts accounts, PoolPayments payments) {
        void close() {
            payments.close();
            disk.close();
        }
    }

    /**
     * Starts the server; miners are paid from {@link #start} on.
     *
     * @param payout who receives the blocks' rewards
     * @param key the node's key; if the rewards go to its address, they are divided among the miners
     * @param directory of the pool's accounts
     * @param onFound takes blocks that miners found
     */
    MinersService(
            InetSocketAddress listen,
            ChainGenesis chain,
            Address payout,
            SigningKey key,
            ReplicaClient replica,
            Path directory,
            Consumer<Block> onFound)
            throws IOException {
        boolean divides = payout.equals(Address.of(key.publicKey()));
        pool = divides ? Optional.of(pool(chain, key, replica, directory)) : Optional.empty();
        String prefix = chain.genesis().addressPrefix();
        try {
            server = StratumServer.start(
                    listen,
                    prefix,
                    () -> System.nanoTime() / NANOS_PER_MILLI,
                    new MinersWork(pool.map(Pool::accounts), onFound));
        } catch (IOException e) {
            pool.ifPresent(Pool::close);
            throw e;
        }
        LOG.info(
                "miners connect on port {}; rewards go to {}{}",
                server.port(),
                payout.format(prefix),
                divides ? " and are divided by shares" : ", which divides them or not (mining.payout is not 'node')");
    }

    private static Pool pool(ChainGenesis chain, SigningKey key, ReplicaClient replica, Path directory) {
        Disk disk = FileDisk.open(directory);
        PoolAccounts accounts = PoolAccounts.open(disk, chain.block0().id());
        return new Pool(
                disk,
                accounts,
                new PoolPayments(
                        accounts,
                        replica,
                        chain.genesis().rules(),
                        chain.block0().id(),
                        key));
    }

    /** The replica has recovered: it takes transactions from now on. */
    void start() {
        pool.ifPresent(open -> open.payments().start());
    }

    void candidate(Block candidate) {
        server.candidate(candidate);
    }

    void headMoved() {
        server.headMoved();
    }

    @Override
    public Optional<PoolStatus> status() {
        PoolStatus status = server.status();
        return Optional.of(new PoolStatus(
                status.miners(),
                status.hashesPerSecond(),
                status.accepted(),
                status.refused(),
                status.blocks(),
                status.workers(),
                pool.map(open -> open.accounts().summary())));
    }

    int port() {
        return server.port();
    }

    void close() {
        server.close();
        pool.ifPresent(Pool::close);
    }
}
