package synod.node.replica;

import java.math.BigInteger;
import synod.chain.Block;
import synod.chain.codec.ByteString;
import synod.chain.mempool.MempoolLimits;
import synod.chain.state.GenesisAllocation;
import synod.chain.state.Ledger;
import synod.chain.store.KeyValueReader;
import synod.chain.tree.BlockIndex;
import synod.chain.tree.BlockNode;
import synod.chain.tree.TreeLimits;
import synod.consensus.Consensus;
import synod.consensus.Engine;
import synod.consensus.SignatureVerifier;
import synod.consensus.VrfVerifier;
import synod.consensus.pbft.PbftConsensus;
import synod.consensus.pbft.PbftEngine;
import synod.consensus.pos.PosConsensus;
import synod.consensus.pos.PosEngine;
import synod.consensus.pos.PosSettings;
import synod.consensus.pow.MiningSettings;
import synod.consensus.pow.PowConsensus;
import synod.consensus.pow.PowEngine;
import synod.crypto.Address;
import synod.genesis.EngineParameters;
import synod.genesis.Genesis;

/** What a genesis file comes to on a node: block 0, the network, and replicas that start from it. */
public final class ChainGenesis {
    /** So many blocks behind the head does the key-value store stay; deeper reorganisations are undone in it. */
    private static final int SETTLE_BEHIND = 32;

    private final Genesis genesis;
    private final GenesisAllocation allocation;
    private final Block block0;
    private final Consensus consensus;

    /** Works out block 0. */
    public ChainGenesis(Genesis genesis) {
        this.genesis = genesis;
        this.allocation = genesis.allocation();
        this.block0 = genesis.block0();
        this.consensus = genesis.engine().consensus(block0.id(), SignatureVerifier.ED25519, VrfVerifier.RFC_9381);
    }

    /** The genesis file. */
    public Genesis genesis() {
        return genesis;
    }

    /** Block 0, whose id is the chain id. */
    public Block block0() {
        return block0;
    }

    /** The engine's rules. */
    public Consensus consensus() {
        return consensus;
    }

    /** What the network is to clients. */
    public Network network() {
        return new Network(
                genesis.name(),
                block0.id(),
                genesis.addressPrefix(),
                genesis.development(),
                consensus.name(),
                genesis.rules());
    }

    /** A replica that stands where the store left it and has taken no input yet. */
    public Replica replica(KeyValueReader store, BlockReader bodies, NodeIdentity self) {
        Ledger ledger = Ledger.open(store, genesis.rules(), allocation, block0);
        BlockNode root = new BlockNode(block0.header(), ByteString.EMPTY, BigInteger.ZERO);
        BlockIndex index = new BlockIndex(store, root, ledger.headId(), TreeLimits.DEFAULT);
        Engine engine = switch (genesis.engine()) {
            case EngineParameters.Pow(var parameters) ->
                new PowEngine(
                        new PowConsensus(parameters),
                        index,
                        self.payout().map(MiningSettings::payingTo).orElseGet(MiningSettings::observer));
            case EngineParameters.Pbft _ ->
                new PbftEngine(
                        (PbftConsensus) consensus,
                        index,
                        ledger::validators,
                        self.signer(),
                        self.payout().orElseGet(() -> Address.of(self.signer().publicKey())));
            case EngineParameters.Pos _ ->
                new PosEngine(
                        (PosConsensus) consensus,
                        index,
                        () -> ledger.stake().orElseThrow(),
                        ledger,
                        new PosSettings(self.signer(), self.vrf(), genesis.rules(), self.checkpoint()));
        };
        return new Replica(new ReplicaParts(
                network(), consensus, engine, index, ledger, bodies, MempoolLimits.DEFAULT, SETTLE_BEHIND));
    }
}
