package synod.sim.world;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import synod.chain.Block;
import synod.chain.SealedBlock;
import synod.chain.Verified;
import synod.chain.state.LedgerAudit;
import synod.chain.store.DiskException;
import synod.chain.store.Journal;
import synod.chain.store.JournalLimits;
import synod.chain.store.MemoryDisk;
import synod.chain.store.Position;
import synod.chain.transaction.Transaction;
import synod.node.byzantine.Adversary;
import synod.node.journal.JournalEntry;
import synod.node.journal.SoftState;
import synod.node.replica.Input;
import synod.node.replica.Output;
import synod.node.replica.ReplicaView;
import synod.node.replica.UnsettledBodies;
import synod.node.wire.WireMessage;
import synod.p2p.NodeId;
import synod.sim.fault.Dice;
import synod.sim.fault.FaultClass;

/** One simulated node: the real replica and journal; its disk, clock, timers and nonce search are the simulation's. */
public final class SimNode {
    private static final JournalLimits JOURNAL_LIMITS = new JournalLimits(256 << 10, 16 << 20);

    private final World world;
    private final int number;
    private final String name;
    private final Member member;
    private final NodeId id;
    private final Optional<Adversary> adversary;
    private final SimDisk disk = new SimDisk();
    private final SimClock clock;
    private final Random random;
    private final Deque<Runnable> whileFrozen = new ArrayDeque<>();
    private @Nullable Life life;
    private boolean frozen;
    private boolean damaged;
    private boolean beyondRepair;
    private boolean bornLate;

    SimNode(World world, int number, String name, Member member, Optional<Adversary> adversary) {
        this.world = world;
        this.number = number;
        this.name = name;
        this.member = member;
        this.id = member.id();
        this.adversary = adversary;
        this.clock = new SimClock(world.agenda());
        this.random = world.streams().of("node " + name);
    }

    /** Its place in the list of all nodes. */
    public int number() {
        return number;
    }

    /** Its id on the network. */
    public NodeId id() {
        return id;
    }

    /** Whether it is up. */
    public boolean isUp() {
        return life != null;
    }

    /** Whether it follows the protocol, and its disk kept what was synced to it. */
    public boolean isCorrect() {
        return adversary.isEmpty() && !damaged;
    }

    /** Whether it lies on purpose. */
    public boolean isAdversary() {
        return adversary.isPresent();
    }

    /** What its disk holds is not what it wrote: from now on it counts among the faulty. */
    public void markDamaged() {
        damaged = true;
    }

    /** Whether only an empty disk makes it start again. */
    public boolean isBeyondRepair() {
        return beyondRepair;
    }

    /**
     * Whether it has started with nothing on its disk when others had begun. It cannot know that nothing was lost, and may
     * abstain for as long as the height is open that it found.
     */
    public boolean isBornLate() {
        return bornLate;
    }

    /** Its disk, for faults. */
    public SimDisk disk() {
        return disk;
    }

    /** What the replica shows. */
    public ReplicaView view() {
        return living().replica;
    }

    /** The whole state checked against itself. */
    public LedgerAudit audit() {
        return living().ledger.audit();
    }

    /** A client offers a transaction. */
    public void submit(long ticket, Transaction transaction) {
        feed(new Input.Submitted(ticket, new Verified<>(transaction)));
    }

    /** Starts the node from what is on its disk; it stays down if that cannot be used. */
    public void start() {
        world.tell(this, () -> "starts");
        try {
            Journal journal = Journal.open(disk.files(), world.chainId(), random.nextLong(), JOURNAL_LIMITS);
            journal.tornTail().ifPresent(torn -> {
                world.marks().mark("a torn tail was cut at start");
                world.tell(this, torn::toString);
            });
            recover(journal);
        } catch (DiskException e) {
            halt(e);
            return;
        } catch (IllegalStateException | IllegalArgumentException e) {
            defect(e);
            return;
        }
        if (isUp()) {
            world.network().up(this);
            world.watchers().forEach(watcher -> watcher.started(this));
        }
    }

    private void recover(Journal journal) {
        bornLate |= isBlank(journal) && world.elapsedMillis() > 0;
        SoftState softState = new SoftState();
        journal.scan(journal.lastSegmentStart(), journaled -> {
            softState.apply(Life.decode(journaled));
            return true;
        });
        journal.carryOver(softState);
        Life next = new Life(
                member.assemble(disk.store(), position -> Life.block(journal, position)),
                journal,
                new JournalDrive(this, journal, softState),
                new SimTimers(world.agenda(), clock, timer -> feed(new Input.TimerExpired(timer))));
        life = next;
        Position from = UnsettledBodies.recoverFrom(disk.store()).orElse(journal.start());
        journal.scan(from, journaled -> {
            if (!journaled.carriedOver()
                    && Life.decode(journaled) instanceof JournalEntry.BlockEntry(SealedBlock block)) {
                feed(new Input.Recovered(block, journaled.position()));
            }
            return life == next;
        });
        feed(new Input.Started(
                softState.acknowledgedTransactions().stream().map(Verified::new).toList(), softState.engineEntries()));
    }

    private static boolean isBlank(Journal journal) {
        boolean[] blank = {true};
        journal.scan(journal.start(), _ -> blank[0] = false);
        return blank[0];
    }

    /** The machine loses power, and with it what the tear does not keep of the bytes that were not synced. */
    public void losePower(MemoryDisk.Tear tear) {
        end("loses power");
        disk.losePower(tear, random);
    }

    /** The process is killed; what it wrote stays. */
    public void kill() {
        end("is killed");
        disk.processEnds();
    }

    /** Its disk is replaced by an empty one. */
    public void replaceDisk() {
        world.tell(this, () -> "gets an empty disk");
        markDamaged();
        beyondRepair = false;
        disk.lose();
    }

    /** Whether it is up and there is nothing to mend. */
    public boolean isSound() {
        return life != null && !frozen && !disk.isFailing() && clock.isRight();
    }

    /** Sets the clock of a node that is down right. */
    public void setClockRight() {
        clock.setRight();
    }

    /** Its clock jumps ahead. */
    public void jumpClock(long millis) {
        clock.jump(millis);
        Life now = life;
        if (now != null) {
            now.timers.clockChanged();
        }
    }

    /** It stands still: what comes waits until it thaws. */
    public void freeze() {
        frozen = true;
    }

    /** It goes on, with everything that came meanwhile. */
    public void thaw() {
        frozen = false;
        while (!frozen && !whileFrozen.isEmpty()) {
            whileFrozen.removeFirst().run();
        }
    }

    private void end(String how) {
        Life ending = life;
        if (ending == null) {
            return;
        }
        world.tell(this, () -> how);
        ending.timers.stop();
        life = null;
        whileFrozen.clear();
        frozen = false;
        world.network().down(this);
        world.watchers().forEach(watcher -> watcher.stopped(this, how));
    }

    /** The node stops by itself, because its disk fails. */
    private void halt(DiskException cause) {
        if (cause.kind() == DiskException.Kind.DAMAGED) {
            if (isCorrect()) {
                throw new Violation("StorageHolds", name + " finds damage where there is none: " + cause.getMessage());
            }
            world.marks().mark("a damaged disk was recognised");
            beyondRepair = true;
        }
        end("stops: " + cause.getMessage());
        disk.processEnds();
    }

    /** The node stops because something in it does not hold. */
    private void defect(RuntimeException cause) {
        if (isCorrect()) {
            throw new Violation("NoDefect", name + " stopped: " + cause.getMessage(), cause);
        }
        world.marks().mark("a faulty node stopped itself");
        beyondRepair = true;
        end("stops: " + cause.getMessage());
        disk.processEnds();
    }

    /** Whether power is lost at this point between two actions; if so, it is already. */
    boolean crashesHere() {
        if (!world.dice().strikes(FaultClass.CRASH_BETWEEN_ACTIONS)) {
            return false;
        }
        losePower(MemoryDisk.Tear.keeping(0));
        return true;
    }

    void afterDiskTime(Runnable action) {
        Life now = life;
        world.agenda().in(Dice.exponential(random, world.swarm().meanDiskMillis()), () -> {
            if (life == now) {
                orWhenThawed(() -> onDisk(action));
            }
        });
    }

    private void onDisk(Runnable action) {
        try {
            action.run();
        } catch (DiskException e) {
            halt(e);
        }
    }

    void receive(SimNode from, Frame frame, WireMessage message) {
        if (life != null) {
            world.hearing(this, from, frame, message);
            feed(new Input.Received(from.id(), new Verified<>(message)));
        }
    }

    /** Takes an input, if the node is up. */
    void feed(Input input) {
        if (life != null) {
            orWhenThawed(() -> step(input));
        }
    }

    private void orWhenThawed(Runnable action) {
        if (frozen) {
            whileFrozen.addLast(action);
        } else {
            action.run();
        }
    }

    private void step(Input input) {
        Life now = life;
        if (now == null) {
            return;
        }
        world.counts(this, input);
        List<Output> wanted;
        try {
            wanted = now.replica.step(clock.millis(), input);
        } catch (DiskException e) {
            halt(e);
            return;
        } catch (RuntimeException e) {
            defect(e);
            return;
        }
        List<Output> corrupted =
                adversary.map(liar -> liar.corrupt(clock.millis(), wanted)).orElse(wanted);
        List<Output> done = new ArrayList<>(corrupted.size());
        boolean crashes = false;
        for (Output output : corrupted) {
            crashes = world.dice().strikes(FaultClass.CRASH_BETWEEN_ACTIONS);
            if (crashes || life != now) {
                break;
            }
            done.add(output);
            carryOut(now, output);
        }
        Step step = new Step(this, now.replica, input, done);
        world.watchers().forEach(watcher -> watcher.stepped(step));
        if (crashes) {
            losePower(MemoryDisk.Tear.keeping(0));
        }
    }

    private void carryOut(Life now, Output output) {
        switch (output) {
            case Output.Send(var to, var message) -> world.network().send(this, to, message);
            case Output.SendStored(var to, var blocks) -> sendStored(now, to, blocks);
            case Output.Append append -> now.drive.append(append);
            case Output.Write(var ticket, var batch) ->
                afterDiskTime(() -> {
                    disk.store().write(batch, false);
                    feed(new Input.Written(ticket));
                });
            case Output.SetTimer(var timer, var atMillis) -> now.timers.set(timer, atMillis);
            case Output.ClearTimer(var timer) -> now.timers.clear(timer);
            case Output.Search(var candidate) -> search(now, candidate);
            case Output.StopSearch _ -> now.search++;
            case Output.Punish(var peer, var points, var reason) -> {
                world.tell(this, () -> "charges a peer " + points + " points: " + reason);
                world.network().punish(this, peer, points);
            }
            case Output.Answer _, Output.Publish _ -> {}
        }
    }

    private void sendStored(Life now, NodeId to, List<Position> blocks) {
        onDisk(() -> blocks.forEach(position ->
                world.network().send(this, to, new WireMessage.BlockBody(Life.block(now.journal, position)))));
    }

    private void search(Life now, Block candidate) {
        long search = ++now.search;
        world.agenda().in(member.searchMillis(random), () -> {
            if (life == now && now.search == search) {
                feed(new Input.NonceFound(member.search(candidate)));
            }
        });
    }

    private Life living() {
        Life now = life;
        if (now == null) {
            throw new IllegalStateException(name + " is down");
        }
        return now;
    }

    /** The same of whatever the replica shows, if the node is up. */
    public <T> Optional<T> ask(Function<ReplicaView, T> question) {
        return Optional.ofNullable(life).map(now -> question.apply(now.replica));
    }

    @Override
    public String toString() {
        return name;
    }
}
