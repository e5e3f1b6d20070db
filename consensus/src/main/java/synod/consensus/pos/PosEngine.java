package synod.consensus.pos;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import synod.chain.stake.StakeEvidence;
import synod.chain.stake.StakeView;
import synod.chain.state.AccountReader;
import synod.chain.tree.BlockTree;
import synod.consensus.Action;
import synod.consensus.Buffer;
import synod.consensus.Engine;
import synod.consensus.EngineStatus;
import synod.consensus.Event;
import synod.consensus.Message;

/**
 * Proof of stake as an engine: makes the blocks of the slots that this node's key leads, adopts the longest branch that
 * contains what is justified, and votes on checkpoints.
 */
public final class PosEngine implements Engine {
    /** The one timer: the next slot begins. */
    public static final String SLOT_TIMER = "slot";

    private final PosConsensus consensus;
    private final BlockTree tree;
    private final Supplier<StakeView> stake;
    private final AccountReader accounts;
    private final PosSettings settings;
    private @Nullable Validator validator;

    /**
     * An engine over the replica's tree of blocks.
     *
     * @param stake what the ledger says about stake after the tree's head
     * @param accounts the accounts after the tree's head
     */
    public PosEngine(
            PosConsensus consensus,
            BlockTree tree,
            Supplier<StakeView> stake,
            AccountReader accounts,
            PosSettings settings) {
        this.consensus = consensus;
        this.tree = tree;
        this.stake = stake;
        this.accounts = accounts;
        this.settings = settings;
    }

    @Override
    public List<Action> step(Event event) {
        if (event instanceof Event.Started started) {
            validator = new Validator(consensus, tree, stake, accounts, settings, started);
            return validator.start(started.timeMillis());
        }
        Validator at = started();
        long now = event.timeMillis();
        return switch (event) {
            case Event.Received(var _, var message) -> at.onBallot(ballot(message.value()), now);
            case Event.TimerFired(var _, var timer) -> at.onTimer(timer, now);
            case Event.BlockBuilt(var _, var block) -> at.onBuilt(block);
            case Event.Sealed(var _, var block) -> at.onArrived(block.id(), now);
            case Event.BlockArrived(var _, var block) -> at.onArrived(block, now);
            case Event.BlockApplied(var _, var block, var rejection) -> at.onApplied(block, rejection, now);
            case Event.WorkWaits _ -> List.of(); // the next leader takes what waits then
            case Event.BlockValidated _, Event.Started _ ->
                throw new IllegalStateException("under proof of stake nobody asks for this: " + event);
        };
    }

    private Validator started() {
        Validator at = validator;
        if (at == null) {
            throw new IllegalStateException("the first event is the start");
        }
        return at;
    }

    private static CheckpointBallot ballot(Message message) {
        if (message instanceof CheckpointBallot ballot) {
            return ballot;
        }
        throw new IllegalStateException("a message of another engine: " + message);
    }

    @Override
    public EngineStatus status(long nowMillis) {
        return validator == null
                ? new EngineStatus("observer", "recovers", new TreeMap<>())
                : validator.status(nowMillis);
    }

    @Override
    public List<Buffer> buffers() {
        return validator == null ? List.of() : validator.buffers();
    }

    @Override
    public List<StakeEvidence> stakeEvidence() {
        return validator == null ? List.of() : validator.evidence();
    }

    /** What a restart, or another machine with the same key, must know; empty before the start. */
    public Optional<SigningHistory> signingHistory() {
        return Optional.ofNullable(validator).map(Validator::signingHistory);
    }
}
