package synod.node.rpc;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.transaction.Transaction;
import synod.crypto.Hash;
import synod.node.rpc.port.MinerPort;
import synod.node.rpc.port.NetworkPort;
import synod.node.rpc.port.NodePort;
import synod.node.rpc.port.PoolPort;
import synod.node.rpc.port.SignaturePort;

/** What stands around the replica: one peer, one ban, a miner. */
final class FakeNode implements NodePort, NetworkPort, MinerPort, SignaturePort {
    static final Hash ID = Hash.of(TestChain.filled(0x11));
    static final Hash PEER = Hash.of(TestChain.filled(0x22));
    static final Hash BANNED = Hash.of(TestChain.filled(0x33));

    private final Hash chainId;
    volatile Health health = new Health(Phase.READY, "serves");
    final AtomicBoolean stopped = new AtomicBoolean();
    final List<String> dialled = new CopyOnWriteArrayList<>();
    final AtomicBoolean connected = new AtomicBoolean(true);
    final AtomicBoolean banned = new AtomicBoolean(true);

    FakeNode(Hash chainId) {
        this.chainId = chainId;
    }

    @Override
    public String name() {
        return "node0";
    }

    @Override
    public String version() {
        return "0.1.0-test";
    }

    @Override
    public Optional<String> lies() {
        return Optional.empty();
    }

    @Override
    public Health health() {
        return health;
    }

    @Override
    public void stop() {
        stopped.set(true);
    }

    @Override
    public Hash nodeId() {
        return ID;
    }

    @Override
    public int port() {
        return 7645;
    }

    @Override
    public List<Peer> peers() {
        return connected.get()
                ? List.of(new Peer(PEER, "127.0.0.1:7646", true, "synod/0.1", 250, 1000, 2000, 0, 1_700_000_000_000L))
                : List.of();
    }

    @Override
    public List<Ban> bans() {
        return banned.get() ? List.of(new Ban(BANNED.toString(), "sent rubbish", 1_700_000_900_000L)) : List.of();
    }

    @Override
    public void connect(String address) {
        if (!address.contains(":")) {
            throw new IllegalArgumentException("'" + address + "' is no peer address; write host:port");
        }
        dialled.add(address);
    }

    @Override
    public boolean disconnect(Hash id) {
        return id.equals(PEER) && connected.getAndSet(false);
    }

    @Override
    public boolean unban(String subject) {
        return subject.equals(BANNED.toString()) && banned.getAndSet(false);
    }

    Optional<PoolPort.PoolStatus> pool() {
        PoolPort.WorkerStatus worker =
                new PoolPort.WorkerStatus(TestChain.address(TestChain.BOB), 1000.0, 6, new TreeMap<>(Map.of(23, 1L)));
        return Optional.of(new PoolPort.PoolStatus(
                2,
                1000.0,
                6,
                new TreeMap<>(Map.of(21, 3L, 23, 1L)),
                1,
                List.of(worker),
                Optional.of(new PoolPort.Accounts(7, 2, 4, 1))));
    }

    @Override
    public MinerStatus status() {
        return new MinerStatus(
                true, 1234.5, 1, "digest", Optional.of("rolling"), Optional.of(TestChain.address(TestChain.CAROL)));
    }

    @Override
    public Check begin(List<Transaction> transactions) {
        return () -> transactions.stream()
                .filter(transaction -> !transaction.isSignedFor(chainId))
                .map(_ -> new Rejection(Reason.BAD_SIGNATURE, "the signature is not the sender's for this chain"))
                .findFirst();
    }
}
