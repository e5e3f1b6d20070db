package synod.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import synod.chain.Block;
import synod.chain.RejectedException;
import synod.chain.Rejection;
import synod.chain.SealedBlock;
import synod.chain.Verified;
import synod.chain.store.Journal;
import synod.chain.store.JournalLimits;
import synod.chain.store.KeyValueStore;
import synod.chain.store.MemoryDisk;
import synod.chain.store.MemoryKeyValueStore;
import synod.chain.store.Position;
import synod.chain.transaction.Transaction;
import synod.crypto.Hash;
import synod.node.journal.JournalEntry;
import synod.node.journal.SoftState;
import synod.node.replica.Input;
import synod.node.replica.Output;
import synod.node.replica.Replica;
import synod.node.replica.ReplicaView;
import synod.node.wire.WireMessage;
import synod.p2p.NodeId;

/** One simulated node: the real replica and journal; its disk, store, timers and nonce search are the simulation's. */
public final class SimNode {
    private static final JournalLimits JOURNAL_LIMITS = new JournalLimits(1 << 20, 16 << 20);
    private static final long MAX_DISK_MILLIS = 5;

    private final NodeId id;
    private final Simulation simulation;
    private final ReplicaFactory factory;
    private final LongSupplier miningDelayMillis;
    private MemoryDisk disk = new MemoryDisk();
    private MemoryKeyValueStore store = new MemoryKeyValueStore();
    private final Map<Long, Optional<Rejection>> answers = new TreeMap<>();
    private @Nullable Running running;

    /** Puts a replica together around what is on a node's disk. */
    public interface ReplicaFactory {
        /** A replica that has not taken an input yet. */
        Replica create(KeyValueStore store, Journal journal);
    }

    /** What a crash takes away. */
    private static final class Running {
        final Replica replica;
        final Journal journal;
        final SoftState softState;
        final Map<String, Long> timers = new TreeMap<>();
        final List<Output.Append> toSync = new ArrayList<>();
        long search;

        Running(Replica replica, Journal journal, SoftState softState) {
            this.replica = replica;
            this.journal = journal;
            this.softState = softState;
        }
    }

    SimNode(NodeId id, Simulation simulation, ReplicaFactory factory, LongSupplier miningDelayMillis) {
        this.id = id;
        this.simulation = simulation;
        this.factory = factory;
        this.miningDelayMillis = miningDelayMillis;
    }

    /** The node's id. */
    public NodeId id() {
        return id;
    }

    /** Whether it is up. */
    public boolean isUp() {
        return running != null;
    }

    /** What the replica shows. */
    public ReplicaView view() {
        return current().replica;
    }

    /** The answers to {@link #submit}, by ticket. */
    public Map<Long, Optional<Rejection>> answers() {
        return answers;
    }

    /** A client offers a transaction. */
    public void submit(long ticket, Transaction transaction) {
        feed(new Input.Submitted(ticket, new Verified<>(transaction)));
    }

    /** Starts the node from what is on its disk. */
    public void start() {
        Journal journal =
                Journal.open(disk, simulation.chainId(), simulation.random().nextLong(), JOURNAL_LIMITS);
        SoftState softState = new SoftState();
        journal.scan(journal.lastSegmentStart(), record -> {
            softState.apply(decode(record.kind(), record.payload()));
            return true;
        });
        journal.carryOver(softState);
        Running next = new Running(factory.create(store, journal), journal, softState);
        running = next;
        journal.scan(journal.start(), record -> {
            if (!record.carriedOver()
                    && decode(record.kind(), record.payload()) instanceof JournalEntry.BlockEntry(SealedBlock block)) {
                feed(new Input.Recovered(block, record.position()));
            }
            return true;
        });
        feed(new Input.Started(
                softState.acknowledgedTransactions().stream().map(Verified::new).toList(), softState.engineEntries()));
        simulation.network().up(this);
    }

    /** The process is killed and the machine loses power: only what was synced stays. */
    public void crash() {
        simulation.network().down(this);
        running = null;
        disk = disk.crash(0);
        store = store.crash(0);
    }

    /** Takes an input, if the node is up. */
    void feed(Input input) {
        Running now = running;
        if (now == null) {
            return;
        }
        simulation.trace(id, input);
        for (Output output : now.replica.step(simulation.nowMillis(), input)) {
            handle(now, output);
        }
    }

    private void handle(Running now, Output output) {
        switch (output) {
            case Output.Send(var to, var message) -> simulation.network().send(id, to, message);
            case Output.SendStored(var to, var blocks) -> {
                for (Position position : blocks) {
                    simulation.network().send(id, to, new WireMessage.BlockBody(read(now.journal, position)));
                }
            }
            case Output.Append append -> append(now, append);
            case Output.Write(var ticket, var batch) ->
                later(now, () -> {
                    store.write(batch, false);
                    feed(new Input.Written(ticket));
                });
            case Output.SetTimer(var timer, var atMillis) -> setTimer(now, timer, atMillis);
            case Output.ClearTimer(var timer) -> now.timers.remove(timer);
            case Output.Search(var candidate) -> search(now, candidate);
            case Output.StopSearch _ -> now.search++;
            case Output.Answer(var ticket, var rejection) -> answers.put(ticket, rejection);
            case Output.Punish(var peer, var points, var reason) ->
                throw new IllegalStateException("an honest node found fault with " + peer + ": " + reason);
            case Output.Publish _ -> {}
        }
    }

    private void append(Running now, Output.Append append) {
        now.toSync.add(append);
        if (now.toSync.size() > 1) {
            return;
        }
        later(now, () -> {
            List<Output.Append> batch = List.copyOf(now.toSync);
            now.toSync.clear();
            List<Input> durable = new ArrayList<>();
            for (Output.Append one : batch) {
                List<Position> positions = new ArrayList<>();
                for (JournalEntry entry : one.entries()) {
                    positions.add(now.journal.append(entry.kind(), entry.payload()));
                    now.softState.apply(entry);
                }
                durable.add(new Input.Durable(one.ticket(), positions));
            }
            now.journal.sync();
            durable.forEach(this::feed);
        });
    }

    private void setTimer(Running now, String timer, long atMillis) {
        now.timers.put(timer, atMillis);
        simulation.agenda().in(atMillis - simulation.nowMillis(), () -> {
            if (running == now && now.timers.getOrDefault(timer, -1L) == atMillis) {
                now.timers.remove(timer);
                feed(new Input.TimerExpired(timer));
            }
        });
    }

    private void search(Running now, Block candidate) {
        long search = ++now.search;
        simulation.agenda().in(miningDelayMillis.getAsLong(), () -> {
            if (running == now && now.search == search) {
                feed(new Input.NonceFound(simulation.mine(candidate)));
            }
        });
    }

    private void later(Running now, Runnable action) {
        simulation.agenda().in(simulation.random().nextLong(MAX_DISK_MILLIS + 1), () -> {
            if (running == now) {
                action.run();
            }
        });
    }

    /** Reads a block from a journal. */
    public static SealedBlock read(Journal journal, Position position) {
        var record = journal.read(position);
        if (decode(record.kind(), record.payload()) instanceof JournalEntry.BlockEntry(SealedBlock block)) {
            return block;
        }
        throw new IllegalStateException("no block stands at " + position + " of the journal");
    }

    private static JournalEntry decode(int kind, byte[] payload) {
        try {
            return JournalEntry.decode(kind, payload);
        } catch (RejectedException e) {
            throw new IllegalStateException("the journal holds what no node writes: " + e.rejection(), e);
        }
    }

    private Running current() {
        Running now = running;
        if (now == null) {
            throw new IllegalStateException("node " + id + " is down");
        }
        return now;
    }

    /** The id of the head, for comparisons. */
    public Hash headId() {
        return view().blocks().head().id();
    }
}
