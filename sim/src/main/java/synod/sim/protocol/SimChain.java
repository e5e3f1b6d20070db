package synod.sim.protocol;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import synod.chain.Amount;
import synod.chain.Block;
import synod.chain.LedgerRules;
import synod.chain.codec.ByteString;
import synod.chain.mempool.MempoolLimits;
import synod.chain.state.GenesisAllocation;
import synod.chain.state.Ledger;
import synod.chain.store.KeyValueReader;
import synod.chain.tree.BlockIndex;
import synod.chain.tree.BlockNode;
import synod.chain.tree.TreeLimits;
import synod.chain.validator.Validator;
import synod.consensus.Consensus;
import synod.consensus.Engine;
import synod.crypto.Address;
import synod.crypto.PublicKey;
import synod.genesis.Allocation;
import synod.genesis.EngineParameters;
import synod.genesis.Genesis;
import synod.node.replica.BlockReader;
import synod.node.replica.Network;
import synod.node.replica.Replica;
import synod.node.replica.ReplicaParts;
import synod.sim.world.Member;

/** A simulated network's genesis, and replicas that start from it as a node's do, apart from their signatures. */
public final class SimChain {
    /** Block 0's time, at which simulations begin. */
    public static final long START_MILLIS = 1_790_000_000_000L;

    private static final LedgerRules RULES = new LedgerRules(1 << 20, 1, Amount.ofCoins(50), 1_000, 5);

    /** Fewer than in the real node, so that short runs reach the store too. */
    private static final int SETTLE_BEHIND = 4;

    private final Genesis genesis;
    private final GenesisAllocation allocation;
    private final Block block0;
    private final Consensus consensus;

    /** A chain on which so many clients have coins, and the members who are to decide block 1. */
    public SimChain(EngineParameters engine, int clients) {
        this.genesis = new Genesis("sim", "sim", true, START_MILLIS, engine, RULES, allocations(engine, clients));
        this.allocation = genesis.allocation();
        this.block0 = genesis.block0();
        this.consensus = engine.consensus(block0.id(), KeyedHash::verifies, KeyedHash::draw);
    }

    private static List<Allocation> allocations(EngineParameters engine, int clients) {
        Stream<PublicKey> keys = Stream.concat(
                IntStream.range(0, clients).mapToObj(SimKeys::client),
                engine.validators().validators().stream().map(Validator::key));
        return keys.map(key -> new Allocation(Address.of(key), Amount.ofCoins(1_000_000), Optional.empty()))
                .toList();
    }

    /** Block 0. */
    public Block block0() {
        return block0;
    }

    /** What is fixed about money. */
    public LedgerRules rules() {
        return genesis.rules();
    }

    /** How many coins there are at first. */
    public Amount supply() {
        long staked = genesis.engine()
                .stake()
                .map(stake -> stake.validators().total().units())
                .orElse(0L);
        return new Amount(staked
                + genesis.balances().values().stream().mapToLong(Amount::units).sum());
    }

    /** The engine's rules. */
    public Consensus consensus() {
        return consensus;
    }

    /** A replica that has taken no input yet, with this engine. */
    public Member.Assembled assemble(
            KeyValueReader store, BlockReader bodies, BiFunction<BlockIndex, Ledger, Engine> engine) {
        Ledger ledger = Ledger.open(store, genesis.rules(), allocation, block0);
        BlockNode root = new BlockNode(block0.header(), ByteString.EMPTY, BigInteger.ZERO);
        BlockIndex index = new BlockIndex(store, root, ledger.headId(), TreeLimits.DEFAULT);
        Network network = new Network("sim", block0.id(), "sim", true, consensus.name(), genesis.rules());
        Replica replica = new Replica(new ReplicaParts(
                network,
                consensus,
                engine.apply(index, ledger),
                index,
                ledger,
                bodies,
                MempoolLimits.DEFAULT,
                SETTLE_BEHIND));
        return new Member.Assembled(replica, ledger);
    }
}
