package synod.sim.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import synod.crypto.Hash;
import synod.node.byzantine.Adversary;
import synod.node.replica.Input;
import synod.node.wire.WireMessage;
import synod.sim.fault.Dice;
import synod.sim.fault.Streams;
import synod.sim.fault.Swarm;

/** Nodes, their network, and virtual time. */
public final class World {
    private final Setup setup;
    private final Agenda agenda;
    private final Dice dice;
    private final SimNetwork network;
    private final List<SimNode> nodes = new ArrayList<>();
    private final List<Watcher> watchers = new ArrayList<>();
    private final Marks marks = new Marks();
    private final TraceHash trace = new TraceHash();
    private long events;

    /**
     * What a world is made from.
     *
     * @param startMillis what time it is at first
     * @param edge what stands before every replica
     * @param narrator finds the words for the story
     * @param seats one for each node
     * @param story hears of everything
     */
    public record Setup(
            Streams streams,
            Swarm swarm,
            long startMillis,
            Hash chainId,
            Edge edge,
            Narrator narrator,
            List<Seat> seats,
            Story story) {
        /** Copies the list. */
        public Setup {
            seats = List.copyOf(seats);
        }
    }

    /** A node's name, who it is, and how it lies if it does. */
    public record Seat(String name, Member member, Optional<Adversary> adversary) {}

    /** A world whose nodes are all down. */
    public World(Setup setup) {
        this.setup = setup;
        this.agenda = new Agenda(setup.startMillis());
        this.dice = new Dice(setup.swarm(), setup.streams());
        this.network = new SimNetwork(
                this, setup.edge(), setup.seats().size(), setup.swarm().meanDelayMillis());
        for (Seat seat : setup.seats()) {
            nodes.add(new SimNode(this, nodes.size(), seat.name(), seat.member(), seat.adversary()));
        }
    }

    /** From now on the watcher sees everything. */
    public void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    /** All nodes, in the order of their seats. */
    public List<SimNode> nodes() {
        return nodes;
    }

    /** The nodes' network. */
    public SimNetwork network() {
        return network;
    }

    /** What is going to happen. */
    public Agenda agenda() {
        return agenda;
    }

    /** What goes wrong. */
    public Dice dice() {
        return dice;
    }

    /** The run's randomness. */
    public Streams streams() {
        return setup.streams();
    }

    /** What the run drew. */
    public Swarm swarm() {
        return setup.swarm();
    }

    /** The genesis block's id. */
    public Hash chainId() {
        return setup.chainId();
    }

    /** Which interesting cases occurred. */
    public Marks marks() {
        return marks;
    }

    /** Virtual time. */
    public long nowMillis() {
        return agenda.nowMillis();
    }

    /** How much virtual time has passed. */
    public long elapsedMillis() {
        return nowMillis() - setup.startMillis();
    }

    /** How many inputs replicas took. */
    public long events() {
        return events;
    }

    /** A digest of every input of every replica so far, with its time. */
    public Hash traceHash() {
        return trace.value();
    }

    List<Watcher> watchers() {
        return watchers;
    }

    /** Tells the story of a node. */
    public void tell(SimNode node, Supplier<String> what) {
        setup.story().tell(elapsedMillis(), node.toString(), what);
    }

    /** Tells what happens to nobody in particular. */
    public void tell(Supplier<String> what) {
        setup.story().tell(elapsedMillis(), "", what);
    }

    void counts(SimNode node, Input input) {
        events++;
        trace.add(nowMillis(), node.number(), input);
        if (!(input instanceof Input.Received)) {
            tell(node, () -> setup.narrator().input(input));
        }
    }

    void hearing(SimNode node, SimNode from, Frame frame, WireMessage message) {
        trace.addFrame(nowMillis(), node.number(), from.number(), frame);
        tell(node, () -> "<- " + from + "  " + setup.narrator().message(message));
    }

    /** Goes on until the condition holds; false if it does not within so much virtual time. */
    public boolean runUntil(BooleanSupplier condition, long limitMillis) {
        long end = agenda.nowMillis() + limitMillis;
        while (!condition.getAsBoolean()) {
            if (!agenda.advance(end)) {
                return condition.getAsBoolean();
            }
        }
        return true;
    }
}
