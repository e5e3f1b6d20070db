package synod.consensus.pow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import synod.chain.Block;
import synod.chain.codec.ByteString;
import synod.chain.tree.BlockNode;
import synod.chain.tree.BlockTree;
import synod.consensus.Action;
import synod.consensus.Engine;
import synod.consensus.EngineStatus;
import synod.consensus.Event;
import synod.consensus.branch.ForkChoice;
import synod.consensus.branch.Preference;
import synod.crypto.Address;
import synod.crypto.Hash;

/**
 * Proof of work as an engine: adopts the complete block with the most cumulative work, and mines on the head.
 *
 * <p>It has no durable entries: the tree says where to go on after a restart. To mine it asks for a block on the head (a
 * template), has its nonce searched, and adopts the result. A new template is asked for when the head changes, and every
 * refresh interval, so that waiting transactions get in and the block's time stays true; when heads follow each other
 * quickly, as when a node catches up, templates keep a minimum distance.
 */
public final class PowEngine implements Engine {
    /** The one timer: the next template is due. */
    public static final String TEMPLATE_TIMER = "template";

    private final PowConsensus consensus;
    private final BlockTree tree;
    private final MiningSettings settings;
    private final ForkChoice forkChoice;
    private final PowStatus status;
    private OptionalLong lastTemplateMillis = OptionalLong.empty();

    /** An engine over the replica's tree of blocks. */
    public PowEngine(PowConsensus consensus, BlockTree tree, MiningSettings settings) {
        this.consensus = consensus;
        this.tree = tree;
        this.settings = settings;
        this.forkChoice = new ForkChoice(tree, Preference.HEAVIER);
        this.status = new PowStatus(consensus, tree, settings.payout().isPresent());
    }

    @Override
    public List<Action> step(Event event) {
        return switch (event) {
            case Event.Started started -> template(started.timeMillis());
            case Event.BlockArrived arrived -> adopt(forkChoice.arrived(arrived.block()));
            case Event.Sealed sealed -> onSealed(sealed.block());
            case Event.BlockApplied applied -> onApplied(applied);
            case Event.BlockBuilt built -> onBuilt(built.block());
            case Event.TimerFired fired -> onTimer(fired);
            case Event.WorkWaits _ -> List.of(); // a template is due soon, and takes what waits then
            case Event.Received _, Event.BlockValidated _ ->
                throw new IllegalStateException("under proof of work there are no messages and no votes: " + event);
        };
    }

    private List<Action> onSealed(Block block) {
        status.sealed(block);
        return adopt(forkChoice.arrived(block.id()));
    }

    private List<Action> onApplied(Event.BlockApplied applied) {
        applied.rejection().ifPresent(rejection -> status.rejected(applied.block(), rejection));
        Optional<Hash> next =
                forkChoice.applied(applied.block(), applied.rejection().isEmpty());
        return next.isPresent() ? adopt(next) : template(applied.timeMillis());
    }

    private List<Action> onBuilt(Block block) {
        boolean lapsed = !block.header().parent().equals(tree.head().id());
        if (lapsed) {
            return List.of();
        }
        status.mining(block);
        return List.of(new Action.Mine(block));
    }

    private List<Action> onTimer(Event.TimerFired fired) {
        if (!fired.timer().equals(TEMPLATE_TIMER)) {
            throw new IllegalStateException("a timer '" + fired.timer() + "' that this engine never started");
        }
        return template(fired.timeMillis());
    }

    private static List<Action> adopt(Optional<Hash> block) {
        return block.<List<Action>>map(id -> List.of(new Action.Adopt(id))).orElse(List.of());
    }

    private List<Action> template(long nowMillis) {
        if (settings.payout().isEmpty()) {
            return List.of();
        }
        Address payout = settings.payout().get();
        long gapLeftMillis = gapLeftMillis(nowMillis);
        if (gapLeftMillis > 0) {
            return List.of(new Action.StartTimer(TEMPLATE_TIMER, gapLeftMillis));
        }
        BlockNode head = tree.head();
        long timeMillis = Math.max(nowMillis, consensus.medianTimePast(head, tree) + 1);
        List<Action> actions = new ArrayList<>(2);
        boolean tooFarAhead = timeMillis - nowMillis > consensus.parameters().futureDriftMillis();
        if (!tooFarAhead) {
            lastTemplateMillis = OptionalLong.of(nowMillis);
            int bits = consensus.nextBits(head, tree).value();
            actions.add(new Action.BuildBlock(head.id(), payout, timeMillis, bits, ByteString.EMPTY, nowMillis));
        }
        actions.add(new Action.StartTimer(TEMPLATE_TIMER, settings.refreshMillis()));
        return actions;
    }

    /** How much of the minimum distance since the last template is left; nothing if the clock went back. */
    private long gapLeftMillis(long nowMillis) {
        if (lastTemplateMillis.isEmpty() || nowMillis < lastTemplateMillis.getAsLong()) {
            return 0;
        }
        return lastTemplateMillis.getAsLong() + settings.minGapMillis() - nowMillis;
    }

    @Override
    public EngineStatus status(long nowMillis) {
        return status.at(nowMillis, forkChoice.isAdopting());
    }
}
