package synod.chain.state;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import synod.chain.HeaderCore;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.StateKey;
import synod.chain.codec.ByteString;
import synod.chain.stake.EpochState;
import synod.chain.stake.EpochsAhead;
import synod.chain.stake.LeaderProof;
import synod.chain.stake.ProposerRule;
import synod.chain.stake.SlotTurn;
import synod.chain.stake.StakeRecord;
import synod.chain.stake.StakeRules;
import synod.chain.stake.StakeSnapshot;
import synod.chain.stake.StakeTable;
import synod.chain.stake.StakeView;
import synod.crypto.PublicKey;

/** The stake after the ledger's head block, and what it allows as the next one. */
final class HeadStake implements StakeView {
    private final StakeRules rules;
    private final ProposerRule proposerRule;
    private final StakeTable table;
    private final Supplier<Layer.Top> head;

    /** What {@link StakeTable#staked} says, if that was asked since it changed. */
    @SuppressWarnings("NullableOptional") // null: not asked; empty: nobody has stake
    private @Nullable Optional<StakeSnapshot> staked;

    HeadStake(StakeRules rules, RecordReader records, Supplier<Layer.Top> head) {
        this.rules = rules;
        this.proposerRule = new ProposerRule(rules);
        this.table = new StakeTable(new StakeReaderOf(records));
        this.head = head;
    }

    /** The epoch as the records have it, where the head is not yet known. */
    EpochState storedEpoch() {
        return table.epoch();
    }

    /**
     * The step that the next block makes.
     *
     * @throws RejectedException {@code TIME_TOO_EARLY} if its slot is not after the head's, or as {@link ProposerRule} says
     */
    SlotTurn turn(HeaderCore core) throws RejectedException {
        long next = rules.clock().slot(core.timeMillis());
        if (next <= slot()) {
            throw new RejectedException(
                    Reason.TIME_TOO_EARLY, "the time is in slot " + next + ", and the parent's in slot " + slot());
        }
        EpochState now = epoch(rules.clock().epoch(next));
        proposerRule.check(now, core);
        return new SlotTurn(
                next, epoch(), now, LeaderProof.decode(core.engineField()).output());
    }

    /** The step of a block that is being built, whoever may build it. */
    SlotTurn draftTurn(long timeMillis, ByteString engineField) {
        long next = rules.clock().slot(timeMillis);
        if (next <= slot()) {
            throw new IllegalArgumentException("a block in slot " + next + " cannot follow one in slot " + slot());
        }
        try {
            return new SlotTurn(
                    next,
                    epoch(),
                    epoch(rules.clock().epoch(next)),
                    LeaderProof.decode(engineField).output());
        } catch (RejectedException e) {
            throw new IllegalArgumentException(e.rejection().detail(), e);
        }
    }

    @Override
    public StakeRules rules() {
        return rules;
    }

    @Override
    public long slot() {
        return table.nonces().slot();
    }

    @Override
    public EpochState epoch() {
        return head.get().epoch().orElseThrow(() -> new IllegalStateException("the head has no epoch"));
    }

    @Override
    public EpochsAhead ahead() {
        Optional<StakeSnapshot> known = staked;
        if (known == null) {
            known = table.staked();
            staked = known;
        }
        return new EpochsAhead(epoch(), table.nonces(), known);
    }

    /** The head has moved, and these records with it. */
    void moved(Stream<StateKey> records) {
        if (records.anyMatch(StakeTable::isStaked)) {
            staked = null;
        }
    }

    @Override
    public Optional<StakeRecord> validator(PublicKey key) {
        return table.validator(key);
    }

    @Override
    public List<PublicKey> bonded() {
        return table.bonded();
    }
}
