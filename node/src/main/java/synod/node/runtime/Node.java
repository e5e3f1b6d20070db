package synod.node.runtime;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.chain.Verified;
import synod.chain.store.Journal;
import synod.chain.store.JournalLimits;
import synod.chain.store.leveldb.LevelDbLimits;
import synod.chain.store.leveldb.LevelDbStore;
import synod.chain.validator.ValidatorSet;
import synod.consensus.Signer;
import synod.crypto.Address;
import synod.crypto.SigningKey;
import synod.genesis.EngineParameters;
import synod.genesis.Genesis;
import synod.genesis.GenesisFile;
import synod.genesis.InvalidGenesisException;
import synod.node.byzantine.Adversary;
import synod.node.byzantine.LyingMember;
import synod.node.byzantine.Strategies;
import synod.node.config.ConfigException;
import synod.node.config.NodeConfig;
import synod.node.config.NodeKey;
import synod.node.disk.DataDirectory;
import synod.node.disk.FileDisk;
import synod.node.journal.SoftState;
import synod.node.metrics.NodeMetrics;
import synod.node.replica.ChainGenesis;
import synod.node.replica.Input;
import synod.node.replica.NodeIdentity;
import synod.node.replica.Output;
import synod.node.replica.Replica;
import synod.node.rpc.RpcConfig;
import synod.node.rpc.RpcLimits;
import synod.node.rpc.RpcServer;
import synod.node.rpc.port.NodePort;
import synod.node.rpc.port.PoolPort;
import synod.node.wire.MessageKind;
import synod.node.wire.WireCodec;
import synod.p2p.Hello;
import synod.p2p.PeerNetwork;
import synod.p2p.PeerNetworkConfig;

/** A running node: a replica and everything around it. */
public final class Node implements AutoCloseable {
    /** The version of what nodes say to each other. */
    public static final int PROTOCOL_VERSION = 1;

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final long PROGRESS_BLOCKS = 5_000;

    private final NodeConfig config;
    private final ChainGenesis chain;
    private final DataDirectory directory;
    private final FileDisk disk;
    private final Journal journal;
    private final LevelDbStore store;
    private final ReplicaLoop loop;
    private final Miner miner;
    private final Optional<MinersService> miners;
    private final SoftState softState;
    private final JournalWriter journalWriter;
    private final StoreWriter storeWriter;
    private final PeerNetwork network;
    private final PeerGateway gateway;
    private final StoredBlockSender blockSender;
    private final NodeMetrics metrics;
    private final RpcServer rpc;
    private final CompletableFuture<Optional<Throwable>> ended = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * Opens the data directory and starts all parts; when this returns the node serves.
     *
     * @throws ConfigException if config, key or genesis cannot be used
     * @throws IOException if an address cannot be listened on
     */
    public static Node start(NodeConfig config) throws ConfigException, IOException, InterruptedException {
        ChainGenesis chain = new ChainGenesis(readGenesis(config.genesis()));
        SigningKey key = NodeKey.loadOrCreate(config.keyFile());
        Optional<Address> payout = payout(config, chain, key);
        Adversary adversary = adversary(config, chain, key);
        DataDirectory directory =
                DataDirectory.open(config.dataDirectory(), chain.block0().id());
        boolean started = false;
        try {
            Node node = new Node(config, chain, key, payout, adversary, directory);
            started = true;
            return node;
        } finally {
            if (!started) {
                directory.close();
            }
        }
    }

    /** Reads and checks a genesis file. */
    public static Genesis readGenesis(Path file) throws ConfigException {
        try {
            return GenesisFile.load(file);
        } catch (InvalidGenesisException e) {
            throw new ConfigException("The genesis file " + file + " cannot be used: " + e.getMessage() + ".");
        } catch (IOException e) {
            throw new ConfigException("The genesis file " + file + " cannot be read ("
                    + e.getClass().getSimpleName() + "): name it in the config file's field 'genesis'.");
        }
    }

    private static Optional<Address> payout(NodeConfig config, ChainGenesis chain, SigningKey key)
            throws ConfigException {
        try {
            return config.mining()
                    .map(mining -> mining.payout().equals(NodeConfig.Mining.TO_THE_NODE)
                            ? Address.of(key.publicKey())
                            : Address.parse(chain.genesis().addressPrefix(), mining.payout()));
        } catch (IllegalArgumentException e) {
            throw new ConfigException("The config's 'mining.payout' cannot be used: " + e.getMessage() + ".");
        }
    }

    /** A node lies only where nothing is at stake, and where there is something to lie about. */
    private static Adversary adversary(NodeConfig config, ChainGenesis chain, SigningKey key) throws ConfigException {
        if (config.byzantine().isEmpty()) {
            return Adversary.NONE;
        }
        String strategy = config.byzantine().get();
        if (!chain.genesis().development()
                || !(chain.genesis().engine() instanceof EngineParameters.Pbft(var _, ValidatorSet members))) {
            throw new ConfigException(
                    "The config's 'byzantine' is for development networks under pbft only; take it out.");
        }
        try {
            LyingMember self = new LyingMember(Signer.of(key), chain.block0().id(), members);
            LOG.warn("this node lies: {}", strategy);
            return Strategies.named(strategy, self, new SecureRandom());
        } catch (IllegalArgumentException e) {
            throw new ConfigException("The config's 'byzantine' cannot be used: " + e.getMessage() + ".");
        }
    }

    private Node(
            NodeConfig config,
            ChainGenesis chain,
            SigningKey key,
            Optional<Address> payout,
            Adversary adversary,
            DataDirectory directory)
            throws IOException, InterruptedException {
        this.config = config;
        this.chain = chain;
        this.directory = directory;
        Startup startup = new Startup();
        try {
            disk = startup.opened(FileDisk.open(directory.journal()));
            journal = startup.opened(
                    Journal.open(disk, chain.block0().id(), new SecureRandom().nextLong(), JournalLimits.DEFAULT));
            journal.tornTail().ifPresent(torn -> LOG.warn("{}", torn));
            store = startup.opened(LevelDbStore.open(directory.index(), LevelDbLimits.DEFAULT));
            Replica replica = chain.replica(
                    store,
                    position -> Recovery.block(journal, position),
                    NodeIdentity.of(key, payout, config.checkpoint()));
            loop = new ReplicaLoop(replica, adversary, NodeClock.system(), this::fail);
            softState = new Recovery(journal).softState();
            journalWriter = new JournalWriter(journal, softState, loop::feed, this::fail);
            startup.onFailure(journalWriter::close);
            storeWriter = new StoreWriter(store, loop::feed, this::fail);
            startup.onFailure(storeWriter::close);
            miner = new Miner(config.mining(), payout, block -> loop.feed(new Input.NonceFound(block)), loop::isBusy);
            startup.onFailure(miner::close);
            miners = miners(payout, key);
            miners.ifPresent(service -> startup.onFailure(service::close));
            WireCodec codec = new WireCodec(encoded -> {
                Verified<synod.consensus.Message> message = chain.consensus().verifyMessage(encoded);
                return message.value();
            });
            SignatureChecker signatures = new SignatureChecker(chain.block0().id());
            gateway = new PeerGateway(codec, signatures, new SealChecker(chain.consensus()), loop);
            blockSender = new StoredBlockSender(journal, gateway, this::fail);
            startup.onFailure(loop::stop);
            long height = recover();
            miners.ifPresent(MinersService::start);
            network = startup.opened(PeerNetwork.start(peering(key), gateway));
            gateway.connectTo(network);
            metrics = new NodeMetrics(
                    loop,
                    new NodeMetrics.Sources(
                            () -> network.peers().size(), () -> miner.status().hashesPerSecond(), loop::depth));
            startup.onFailure(metrics::close);
            rpc = startup.opened(RpcServer.start(
                    new RpcConfig(
                            config.rpc().listen(), config.rpc().hostNames(), directory.cookie(), RpcLimits.DEFAULT),
                    loop,
                    new PeerNetworkPort(network),
                    miner,
                    miners.<PoolPort>map(service -> service).orElse(PoolPort.NONE),
                    new Port(),
                    signatures,
                    metrics));
            LOG.info(
                    "{} is ready at height {}: peers on port {}, JSON-RPC on port {}",
                    config.name(),
                    height,
                    network.port(),
                    rpc.port());
            startup.done();
        } finally {
            startup.undoIfNotDone();
        }
    }

    private Optional<MinersService> miners(Optional<Address> payout, SigningKey key) throws IOException {
        Optional<InetSocketAddress> listen = config.mining().flatMap(NodeConfig.Mining::stratum);
        if (listen.isEmpty() || payout.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new MinersService(
                listen.get(),
                chain,
                payout.get(),
                key,
                loop,
                directory.pool(),
                block -> loop.feed(new Input.NonceFound(block))));
    }

    private PeerNetworkConfig peering(SigningKey key) {
        NodeConfig.Peering peering = config.peering();
        Hello hello = new Hello(
                PROTOCOL_VERSION,
                chain.block0().id(),
                chain.genesis().digest(),
                0,
                0,
                "synod/" + version() + " " + config.name(),
                new SecureRandom().nextLong());
        PeerNetworkConfig.Builder builder = PeerNetworkConfig.builder(
                        key,
                        hello,
                        kind -> MessageKind.of(kind).map(MessageKind::maxBytes).orElse(0))
                .bind(
                        peering.listen().getAddress().getHostAddress(),
                        peering.listen().getPort())
                .targetOutbound(peering.targetOutbound())
                .maxInbound(peering.maxInbound())
                .allowLocalAddresses(peering.allowLocalAddresses())
                .peerFile(directory.peers());
        peering.advertisedHost().ifPresent(builder::advertisedHost);
        peering.staticPeers().forEach(builder::staticPeer);
        return builder.build();
    }

    private long recover() throws InterruptedException {
        loop.start(this::handle);
        new Recovery(journal).run(store, softState, loop, count -> {
            if (count % PROGRESS_BLOCKS == 0) {
                LOG.info("read {} blocks from the journal", count);
            }
        });
        try {
            return loop.read(view -> view.blocks().head().height()).join();
        } catch (CompletionException e) {
            // the replica could not take what is in the journal or the index: say why, not that it has stopped
            throw ended.getNow(Optional.empty())
                    .map(cause -> cause instanceof RuntimeException defect ? defect : new IllegalStateException(cause))
                    .orElse(e);
        }
    }

    private void handle(Output output) {
        switch (output) {
            case Output.Send(var to, var message) -> gateway.send(to, message);
            case Output.SendStored(var to, var blocks) -> blockSender.send(to, blocks);
            case Output.Append append -> journalWriter.append(append);
            case Output.Write write -> storeWriter.write(write);
            case Output.Search(var candidate) -> {
                miner.search(candidate);
                miners.ifPresent(service -> service.candidate(candidate));
            }
            case Output.StopSearch _ -> {
                miner.stopSearch();
                miners.ifPresent(MinersService::headMoved);
            }
            case Output.Punish(var peer, var points, var reason) -> gateway.punish(peer, points, reason);
            case Output.SetTimer _, Output.ClearTimer _, Output.Answer _, Output.Publish _ ->
                throw new IllegalStateException("the loop itself takes " + output);
        }
    }

    private void fail(Throwable cause) {
        ended.complete(Optional.of(cause));
    }

    /** Completes when the node must end: empty if it was asked to, else with what went wrong. */
    public CompletableFuture<Optional<Throwable>> ended() {
        return ended;
    }

    /** The port of the JSON-RPC interface. */
    public int rpcPort() {
        return rpc.port();
    }

    /** The port on which peers are accepted. */
    public int peerPort() {
        return network.port();
    }

    /** This software's version. */
    static String version() {
        String version = Node.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }

    /** Stops all parts, edges first, and releases the data directory. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Startup parts = new Startup();
        parts.onFailure(directory::close);
        parts.onFailure(disk::close);
        parts.onFailure(journal::close);
        parts.onFailure(store::close);
        parts.onFailure(storeWriter::close);
        parts.onFailure(journalWriter::close);
        parts.onFailure(loop::stop);
        parts.onFailure(miner::close);
        miners.ifPresent(service -> parts.onFailure(service::close));
        parts.onFailure(network::close);
        parts.onFailure(metrics::close);
        parts.onFailure(rpc::close);
        parts.undoIfNotDone();
    }

    /** Deletes the index, so that the next start makes it again from the journal. */
    public static void discardIndex(NodeConfig config) throws ConfigException {
        ChainGenesis chain = new ChainGenesis(readGenesis(config.genesis()));
        if (!Files.exists(config.dataDirectory())) {
            throw new ConfigException("There is no data directory " + config.dataDirectory() + " to index anew.");
        }
        try (DataDirectory directory =
                DataDirectory.open(config.dataDirectory(), chain.block0().id())) {
            LevelDbStore.discard(directory.index());
        }
    }

    /** The process as the JSON-RPC interface sees it. */
    private final class Port implements NodePort {
        @Override
        public String name() {
            return config.name();
        }

        @Override
        public String version() {
            return Node.version();
        }

        @Override
        public Optional<String> lies() {
            return config.byzantine();
        }

        @Override
        public Health health() {
            return new Health(Phase.READY, "serving");
        }

        @Override
        public void stop() {
            ended.complete(Optional.empty());
        }
    }
}
