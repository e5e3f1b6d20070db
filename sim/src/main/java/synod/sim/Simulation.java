package synod.sim;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import synod.chain.Block;
import synod.crypto.Hash;
import synod.crypto.Sha256;
import synod.node.replica.Input;
import synod.node.wire.WireCodec;
import synod.p2p.NodeId;

/**
 * A run: nodes, their network, virtual time, and one source of randomness. Every input that any replica takes goes into
 * a trace hash, so that two runs can be compared.
 */
public final class Simulation {
    private final Hash chainId;
    private final Agenda agenda;
    private final Random random;
    private final SimNetwork network;
    private final UnaryOperator<Block> miner;
    private final List<SimNode> nodes = new ArrayList<>();
    private final MessageDigest trace = Sha256.newDigest();
    private long events;

    /**
     * A run without nodes.
     *
     * @param miner gives a block a good nonce, which the simulation hands over after a delay
     */
    public Simulation(
            long seed,
            long startMillis,
            Hash chainId,
            WireCodec codec,
            long meanNetworkDelayMillis,
            UnaryOperator<Block> miner) {
        this.chainId = chainId;
        this.agenda = new Agenda(startMillis);
        this.random = new Random(seed);
        this.network = new SimNetwork(agenda, random, codec, meanNetworkDelayMillis);
        this.miner = miner;
    }

    /**
     * Adds a node that is not yet started.
     *
     * @param miningDelayMillis draws how long a nonce search takes
     */
    public SimNode add(NodeId id, SimNode.ReplicaFactory factory, LongSupplier miningDelayMillis) {
        SimNode node = new SimNode(id, this, factory, miningDelayMillis);
        nodes.add(node);
        return node;
    }

    /** All nodes, in the order in which they were added. */
    public List<SimNode> nodes() {
        return List.copyOf(nodes);
    }

    /** The nodes' network. */
    SimNetwork network() {
        return network;
    }

    Agenda agenda() {
        return agenda;
    }

    Hash chainId() {
        return chainId;
    }

    /** The run's only randomness. */
    public Random random() {
        return random;
    }

    /** Virtual time. */
    public long nowMillis() {
        return agenda.nowMillis();
    }

    /** How many inputs replicas took. */
    public long events() {
        return events;
    }

    /** Plans something. */
    public void in(long delayMillis, Runnable action) {
        agenda.in(delayMillis, action);
    }

    /** Cuts the network between these nodes and all others. */
    public void isolate(List<SimNode> side) {
        network.partition(
                side.stream().map(SimNode::id).toList(),
                nodes.stream()
                        .filter(node -> !side.contains(node))
                        .map(SimNode::id)
                        .toList());
    }

    /** Ends every partition. */
    public void heal() {
        network.heal();
    }

    /** Lets so much virtual time pass. */
    public void runFor(long millis) {
        long end = agenda.nowMillis() + millis;
        while (agenda.nextMillis().isPresent() && agenda.nextMillis().getAsLong() <= end) {
            agenda.advance();
        }
    }

    /** Goes on until the condition holds; false if it does not within so much virtual time. */
    public boolean runUntil(BooleanSupplier condition, long limitMillis) {
        long end = agenda.nowMillis() + limitMillis;
        while (!condition.getAsBoolean()) {
            if (agenda.nowMillis() > end || !agenda.advance()) {
                return false;
            }
        }
        return true;
    }

    /** A digest of every input of every replica so far, with its time. */
    public Hash traceHash() {
        try {
            return Hash.of(((MessageDigest) trace.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("the platform's digest can be cloned", e);
        }
    }

    void trace(NodeId node, Input input) {
        events++;
        trace.update((agenda.nowMillis() + " " + node + " " + input + "\n")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    Block mine(Block candidate) {
        return miner.apply(candidate);
    }
}
