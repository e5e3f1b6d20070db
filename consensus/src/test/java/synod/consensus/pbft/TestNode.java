package synod.consensus.pbft;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import synod.chain.Block;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.SealedBlock;
import synod.chain.Verified;
import synod.chain.codec.ByteString;
import synod.consensus.Action;
import synod.consensus.Entry;
import synod.consensus.Event;
import synod.crypto.Address;
import synod.crypto.Hash;
import synod.crypto.PublicKey;

/**
 * One member around the real engine: executes its actions as a replica does. The journal is a queue: what the engine wants
 * durable waits there for {@link #sync}, and is gone after a {@link #crash}.
 */
final class TestNode {
    final TestChain chain;
    final int number;

    /** Everything that was done, in order: what transcripts show. */
    final List<Action> done = new ArrayList<>();

    /** Everything that was said. */
    final List<PbftMessage> said = new ArrayList<>();

    final List<Sent> outbox = new ArrayList<>();
    final TreeMap<String, Long> timers = new TreeMap<>();
    TestChain.Tree tree;
    PbftEngine engine;
    long nowMillis = TestChain.T0;

    /** Whether a transaction waits in its mempool. */
    boolean work;

    /** Blocks that execution refuses here. */
    final List<Hash> invalid = new ArrayList<>();

    private TreeMap<ByteString, ByteString> disk = new TreeMap<>();
    private final Deque<Runnable> journal = new ArrayDeque<>();
    private final Deque<Event> events = new ArrayDeque<>();
    private Action.@Nullable BuildBlock wanted;

    /** Something said: to one member, or to all. An announcement of the head has no message. */
    record Sent(Optional<PublicKey> to, Optional<PbftMessage> message) {}

    TestNode(TestChain chain, int number) {
        this.chain = chain;
        this.number = number;
        this.tree = chain.tree();
        this.engine = engine();
    }

    private PbftEngine engine() {
        return new PbftEngine(chain.consensus, tree, () -> chain.members, chain.signers.get(number), Address.of(key()));
    }

    PublicKey key() {
        return chain.signers.get(number).publicKey();
    }

    void start() {
        feed(new Event.Started(nowMillis, new TreeMap<>(disk)));
    }

    /** What was not synced is lost, and so is all in memory. */
    void crash() {
        journal.clear();
        events.clear();
        timers.clear();
        outbox.clear();
        wanted = null;
        engine = engine();
    }

    /** The disk is lost too. */
    void wipe() {
        disk = new TreeMap<>();
        tree = chain.tree();
        crash();
    }

    void receive(PbftMessage message) {
        feed(new Event.Received(nowMillis, new Verified<>(message)));
    }

    void fire(String timer) {
        timers.remove(timer);
        feed(new Event.TimerFired(nowMillis, timer));
    }

    void workArrives() {
        work = true;
        feed(new Event.WorkWaits(nowMillis));
        buildIfDue();
        run();
    }

    /** Decided blocks from a peer, their seals checked, which arrive at once. */
    void synchronise(SealedBlock... blocks) {
        for (SealedBlock block : blocks) {
            if (tree.node(block.block().id()).isEmpty()) {
                Optional<Rejection> fault = chain.consensus
                        .verifySeal(block.block().header(), block.seal())
                        .or(() -> chain.consensus.checkHeader(block.block().header(), block.seal(), tree, nowMillis));
                if (fault.isPresent()) {
                    throw new IllegalStateException("a peer's block is refused: " + fault.get());
                }
                tree.add(block);
                events.add(new Event.BlockArrived(nowMillis, block.block().id()));
            }
        }
        run();
    }

    void feed(Event event) {
        events.add(event);
        run();
    }

    private void run() {
        while (!events.isEmpty()) {
            engine.step(events.removeFirst()).forEach(this::execute);
        }
    }

    /** The disk is synced: all that waited for it goes on. */
    void sync() {
        while (!journal.isEmpty()) {
            syncOne();
        }
    }

    boolean syncOne() {
        if (journal.isEmpty()) {
            return false;
        }
        journal.removeFirst().run();
        run();
        return true;
    }

    private void execute(Action action) {
        done.add(action);
        switch (action) {
            case Action.Persist(var entries, var then) ->
                journal.add(() -> {
                    entries.forEach(this::write);
                    then.forEach(this::execute);
                });
            case Action.Send(var to, var message) -> say(Optional.of(to), (PbftMessage) message);
            case Action.Broadcast(var message) -> say(Optional.empty(), (PbftMessage) message);
            case Action.Announce(var to) -> outbox.add(new Sent(Optional.of(to), Optional.empty()));
            case Action.StartTimer(var timer, var delayMillis) -> timers.put(timer, nowMillis + delayMillis);
            case Action.CancelTimer(var timer) -> timers.remove(timer);
            case Action.BuildBlock request -> {
                wanted = request;
                buildIfDue();
            }
            case Action.Validate(var block) ->
                events.add(new Event.BlockValidated(
                        nowMillis,
                        block,
                        invalid.contains(block.id())
                                ? Optional.of(new Rejection(Reason.BAD_STATE_ROOT, "says the test"))
                                : Optional.empty()));
            case Action.Decide(var block) ->
                journal.add(() -> {
                    tree.add(block);
                    adopt(block.block().id());
                    outbox.add(new Sent(Optional.empty(), Optional.empty()));
                });
            case Action.Adopt(var block) -> adopt(block);
            case Action.Finalize(var block) -> requireCanonical(block);
            case Action.Mine _, Action.Publish _, Action.Submit _ ->
                throw new IllegalStateException("no action of an engine that agrees before it seals: " + action);
        }
    }

    private void say(Optional<PublicKey> to, PbftMessage message) {
        said.add(message);
        outbox.add(new Sent(to, Optional.of(message)));
    }

    private void adopt(Hash id) {
        tree.adopt(id);
        wanted = null;
        work = false;
        events.add(new Event.BlockApplied(nowMillis, id, Optional.empty()));
    }

    private void requireCanonical(Hash id) {
        long height = tree.node(id).orElseThrow().height();
        if (!tree.canonical(height).orElseThrow().id().equals(id)) {
            throw new IllegalStateException("finalized beside the branch: " + id);
        }
    }

    private void write(Entry entry) {
        if (entry.value().size() == 0) {
            disk.remove(entry.key());
        } else {
            disk.put(entry.key(), entry.value());
        }
    }

    /** Builds what was asked for, if it is time. */
    void buildIfDue() {
        Action.BuildBlock request = wanted;
        if (request != null && (work || nowMillis >= request.emptyAtMillis())) {
            wanted = null;
            Block parent = new Block(tree.head().header(), List.of());
            String name = (work ? "work" : "empty") + " of member " + number;
            events.add(new Event.BlockBuilt(
                    nowMillis, chain.block(parent, request.timeMillis(), request.proposer(), name)));
        }
    }

    /** When the next block is built although there is no work; nothing if none is asked for. */
    Optional<Long> emptyAtMillis() {
        return Optional.ofNullable(wanted).map(Action.BuildBlock::emptyAtMillis);
    }

    /** Takes what was said since the last time. */
    List<Sent> takeSent() {
        List<Sent> sent = List.copyOf(outbox);
        outbox.clear();
        return sent;
    }

    /** Takes the messages that were said since the last time. */
    List<PbftMessage> takeMessages() {
        return takeSent().stream().flatMap(sent -> sent.message().stream()).toList();
    }
}
