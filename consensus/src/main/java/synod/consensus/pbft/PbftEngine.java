package synod.consensus.pbft;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import synod.chain.tree.BlockTree;
import synod.consensus.Action;
import synod.consensus.Buffer;
import synod.consensus.Engine;
import synod.consensus.EngineStatus;
import synod.consensus.Event;
import synod.consensus.Evidence;
import synod.consensus.Message;
import synod.consensus.Signer;
import synod.consensus.Validators;
import synod.consensus.quorum.EvidenceBook;
import synod.consensus.quorum.SigningGuard;
import synod.crypto.Address;

/**
 * Practical Byzantine fault tolerance as an engine: this node's part in deciding one block after the other.
 *
 * <p>Members are addressed by the keys that they vote with, so a member's node must speak with that key.
 */
public final class PbftEngine implements Engine {
    private final PbftConsensus consensus;
    private final BlockTree tree;
    private final Validators validators;
    private final Signer signer;
    private final Address payout;
    private @Nullable Heights heights;
    private @Nullable EvidenceBook evidence;

    /**
     * An engine over the replica's tree of blocks.
     *
     * @param signer this node's key; while it is no member's, the node observes
     * @param payout who receives the rewards of the blocks that this member proposes
     */
    public PbftEngine(PbftConsensus consensus, BlockTree tree, Validators validators, Signer signer, Address payout) {
        this.consensus = consensus;
        this.tree = tree;
        this.validators = validators;
        this.signer = signer;
        this.payout = payout;
    }

    @Override
    public List<Action> step(Event event) {
        if (event instanceof Event.Started started) {
            return start(started);
        }
        Heights at = started();
        long now = event.timeMillis();
        switch (event) {
            case Event.Received(var _, var message) -> at.onMessage(pbft(message.value()), now);
            case Event.TimerFired(var _, var timer) -> at.onTimer(timer, now);
            case Event.WorkWaits _ -> at.onWork(now);
            case Event.BlockBuilt(var _, var block) -> at.onBuilt(block, now);
            case Event.BlockValidated(var _, var block, var rejection) -> at.onValidated(block, rejection, now);
            case Event.BlockArrived(var _, var block) -> at.onArrived(block);
            case Event.BlockApplied(var _, var block, var rejection) -> at.onApplied(block, rejection, now);
            case Event.Sealed _, Event.Started _ -> throw new IllegalStateException("nobody mines here: " + event);
        }
        return at.drain();
    }

    /** The adopted branch is decided to its end; on it goes from there, with what was promised for the next height. */
    private List<Action> start(Event.Started started) {
        Timeouts timeouts = new Timeouts(consensus.parameters());
        Outgoing out = new Outgoing(timeouts);
        out.add(new Action.Finalize(tree.head().id()));
        Optional<Probation> before = Probation.read(started.entries());
        Probation probation = before.orElseGet(() -> new Probation(started.timeMillis()));
        if (before.isEmpty()) {
            out.add(new Action.Persist(List.of(probation.entry()), List.of()));
        }
        EvidenceBook book = new EvidenceBook(consensus.chainId(), started.entries());
        SigningGuard guard = new SigningGuard(signer, consensus.chainId(), started.entries());
        Member member = new Member(consensus, signer, guard, book, out, timeouts, payout);
        Heights begun = new Heights(tree, validators, member, probation, started.entries(), started.timeMillis());
        evidence = book;
        heights = begun;
        return begun.drain();
    }

    private Heights started() {
        Heights at = heights;
        if (at == null) {
            throw new IllegalStateException("the first event is the start");
        }
        return at;
    }

    private static PbftMessage pbft(Message message) {
        if (message instanceof PbftMessage one) {
            return one;
        }
        throw new IllegalStateException("a message of another engine: " + message);
    }

    @Override
    public EngineStatus status(long nowMillis) {
        return heights == null ? new EngineStatus("observer", "recovers", new TreeMap<>()) : heights.status(nowMillis);
    }

    @Override
    public List<Buffer> buffers() {
        return heights == null ? List.of() : List.of(heights.buffer());
    }

    @Override
    public List<Evidence> evidence() {
        return evidence == null ? List.of() : evidence.all();
    }
}
