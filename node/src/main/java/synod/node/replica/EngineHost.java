package synod.node.replica;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import synod.chain.Block;
import synod.chain.Rejection;
import synod.chain.SealedBlock;
import synod.chain.Verified;
import synod.chain.transaction.Transaction;
import synod.consensus.Action;
import synod.consensus.Engine;
import synod.consensus.Event;
import synod.crypto.Hash;
import synod.node.journal.JournalEntry;
import synod.node.wire.WireMessage.EngineMessage;
import synod.p2p.NodeId;

/** Feeds an engine its events in order, and executes its actions in order. */
final class EngineHost {
    private static final String TIMER_PREFIX = "engine/";
    private static final String BUILD_TIMER = "build";

    private final Engine engine;
    private final Outbox out;
    private final Host host;
    private final Deque<Event> events = new ArrayDeque<>();
    private Action.@Nullable BuildBlock wantedBlock;
    private @Nullable Block searching;

    /** Whether the engine was told that work waits for a block on this head. */
    private boolean workReported;

    private boolean workMayWait = true;

    /** What executing actions needs of the replica. */
    interface Host {
        /** Journals the entries and goes on when they are durable. */
        void persist(List<JournalEntry> entries, LongConsumer then);

        /** Moves the head; empty if that must wait. */
        Optional<Optional<Rejection>> adopt(Hash block, long nowMillis);

        /** Takes a block of this node's own into the tree and the journal, and reports it sealed when it is durable. */
        void publish(SealedBlock block);

        /** Offers a transaction of this node's own to the mempool. */
        void submit(Verified<Transaction> transaction);

        void decide(SealedBlock block, long nowMillis);

        void finalizeBlock(Hash block);

        Optional<Rejection> validate(Block block);

        /** A block on the head with what waits in the mempool. */
        Block build(Action.BuildBlock request);

        boolean hasWork();

        /** Tells a peer the last blocks of the adopted branch. */
        void announceHead(NodeId peer);

        Hash head();

        /** The connected members; under engines without members, and those that fork, everybody who is connected. */
        List<NodeId> members();
    }

    EngineHost(Engine engine, Outbox out, Host host) {
        this.engine = engine;
        this.out = out;
        this.host = host;
    }

    /** Queues an event; {@link #run} delivers it. */
    void raise(Event event) {
        events.addLast(event);
    }

    /** Delivers events until none is left. */
    void run(long nowMillis) {
        deliver(nowMillis);
        if (workMayWait) {
            workMayWait = false;
            if (!workReported && host.hasWork()) {
                workReported = true;
                raise(new Event.WorkWaits(nowMillis));
                deliver(nowMillis);
            }
        }
    }

    private void deliver(long nowMillis) {
        while (!events.isEmpty()) {
            execute(engine.step(events.removeFirst()), nowMillis);
        }
    }

    /** The replica's timer of this name ran out; false if it is none of the engine's. */
    boolean onTimer(String timer, long nowMillis) {
        if (timer.equals(BUILD_TIMER)) {
            buildIfDue(nowMillis);
            return true;
        }
        if (timer.startsWith(TIMER_PREFIX)) {
            raise(new Event.TimerFired(nowMillis, timer.substring(TIMER_PREFIX.length())));
            return true;
        }
        return false;
    }

    /** A transaction has begun to wait: a block that waits for work can be built. */
    void onWork(long nowMillis) {
        workMayWait = true;
        buildIfDue(nowMillis);
    }

    /** The head moved: requests for the old one lapse. */
    void headMoved() {
        wantedBlock = null;
        workReported = false;
        workMayWait = true;
        if (searching != null && !searching.header().parent().equals(host.head())) {
            searching = null;
            out.add(new Output.StopSearch());
        }
    }

    private void execute(List<Action> actions, long nowMillis) {
        for (Action action : actions) {
            execute(action, nowMillis);
        }
    }

    private void execute(Action action, long nowMillis) {
        switch (action) {
            case Action.Persist(var entries, var then) ->
                host.persist(
                        entries.stream()
                                .<JournalEntry>map(JournalEntry.EngineEntry::new)
                                .toList(),
                        durableMillis -> execute(then, durableMillis));
            case Action.Send(var to, var message) ->
                out.add(new Output.Send(NodeId.of(to), new EngineMessage(message)));
            case Action.Broadcast(var message) ->
                host.members().forEach(peer -> out.add(new Output.Send(peer, new EngineMessage(message))));
            case Action.Announce(var to) -> host.announceHead(NodeId.of(to));
            case Action.StartTimer(var timer, var delayMillis) ->
                out.add(new Output.SetTimer(TIMER_PREFIX + timer, nowMillis + delayMillis));
            case Action.CancelTimer(var timer) -> out.add(new Output.ClearTimer(TIMER_PREFIX + timer));
            case Action.BuildBlock request -> {
                wantedBlock = request;
                buildIfDue(nowMillis);
            }
            case Action.Mine(var candidate) -> {
                if (candidate.header().parent().equals(host.head())) {
                    searching = candidate;
                    out.add(new Output.Search(candidate));
                }
            }
            case Action.Publish(var block) -> host.publish(block);
            case Action.Submit(var transaction) -> host.submit(transaction);
            case Action.Adopt(var block) ->
                host.adopt(block, nowMillis)
                        .ifPresent(result -> raise(new Event.BlockApplied(nowMillis, block, result)));
            case Action.Validate(var block) -> raise(new Event.BlockValidated(nowMillis, block, host.validate(block)));
            case Action.Decide(var block) -> host.decide(block, nowMillis);
            case Action.Finalize(var block) -> host.finalizeBlock(block);
        }
    }

    private void buildIfDue(long nowMillis) {
        Action.BuildBlock request = wantedBlock;
        if (request == null) {
            return;
        }
        if (!request.parent().equals(host.head())) {
            wantedBlock = null;
        } else if (nowMillis >= request.emptyAtMillis() || host.hasWork()) {
            wantedBlock = null;
            raise(new Event.BlockBuilt(nowMillis, host.build(request.at(nowMillis))));
        } else {
            out.add(new Output.SetTimer(BUILD_TIMER, request.emptyAtMillis()));
        }
    }
}
