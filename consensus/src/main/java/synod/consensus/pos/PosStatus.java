package synod.consensus.pos;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import synod.chain.Rejection;
import synod.chain.stake.Checkpoint;
import synod.chain.stake.SlotClock;
import synod.chain.stake.StakeSnapshot;
import synod.chain.stake.StakeView;
import synod.chain.stake.Staker;
import synod.chain.tree.BlockNode;
import synod.consensus.EngineStatus;
import synod.crypto.Hash;
import synod.crypto.PublicKey;

/** What a proof-of-stake engine says about itself. */
final class PosStatus {
    private final Branches branches;
    private final PublicKey self;
    private final FinalityState finality;
    private final Voting voting;
    private final Proposing proposing;
    private @Nullable String lastRejection;

    PosStatus(Branches branches, PublicKey self, FinalityState finality, Voting voting, Proposing proposing) {
        this.branches = branches;
        this.self = self;
        this.finality = finality;
        this.voting = voting;
        this.proposing = proposing;
    }

    /** An adoption failed. */
    void rejected(Hash block, Rejection rejection) {
        lastRejection = block + ": " + rejection;
    }

    EngineStatus at(
            StakeView stake,
            Optional<String> waitsForTrust,
            boolean adopting,
            boolean safe,
            int contradictions,
            long nowMillis) {
        SlotClock clock = branches.clock();
        long slot = clock.slot(nowMillis);
        long epoch = clock.epoch(slot);
        BlockNode head = branches.tree().head();
        // of a head ahead of this node's clock its own epoch is the earliest that can be told
        StakeSnapshot active =
                stake.epoch(Math.max(epoch, branches.epoch(head))).active();
        Optional<Staker> own = active.find(self);
        SortedMap<String, String> details = new TreeMap<>();
        details.put("epoch", Long.toString(epoch));
        details.put("slot", Long.toString(slot));
        details.put("slotMillis", Long.toString(clock.slotMillis()));
        details.put("slotsLeftInEpoch", Long.toString(clock.epochSlots() - slot % clock.epochSlots()));
        details.put("validators", Integer.toString(active.stakers().size()));
        details.put("totalStake", active.total().toString());
        details.put("stake", own.map(staker -> staker.stake().toString()).orElse("0"));
        details.put(
                "stakeShare",
                own.map(staker -> percent(staker.stake().units(), active.total().units()))
                        .orElse(percent(0, 1)));
        details.put("justified", describe(finality.justified()));
        details.put("finalized", describe(finality.finalized()));
        details.put("slotsLed", Long.toString(proposing.slotsLed()));
        details.put("blocksMade", Long.toString(proposing.blocksMade()));
        details.put("missedSlots", Long.toString(proposing.slotsLed() - proposing.blocksMade()));
        details.put("emptySlots", emptySlots(slot, head));
        details.put("evidence", Integer.toString(contradictions));
        if (lastRejection != null) {
            details.put("lastRejection", lastRejection);
        }
        Optional<String> waits = finalityWaits(epoch);
        waits.ifPresent(why -> details.put("finality", why));
        String activity = waitsForTrust.orElseGet(() -> activity(adopting, safe, own.isPresent(), epoch, slot)
                + waits.map(why -> "; " + why).orElse(""));
        return new EngineStatus(own.isPresent() ? "validator" : "observer", activity, details);
    }

    private String activity(boolean adopting, boolean safe, boolean validates, long epoch, long slot) {
        if (adopting) {
            return "executes a better branch";
        }
        if (!safe) {
            return "waits for the branch of " + finality.justified() + ", which is justified";
        }
        if (!validates) {
            return "follows; it has no stake in epoch " + epoch;
        }
        return proposing
                .hindrance()
                .map(why -> "makes no blocks: " + why)
                .orElse("draws slot " + slot + " of epoch " + epoch);
    }

    /** Why nothing new becomes final; empty while all goes its way. */
    private Optional<String> finalityWaits(long epoch) {
        if (finality.justified().epoch() + 1 >= epoch) {
            return Optional.empty();
        }
        Optional<LinkTally> now = voting.turnout(epoch);
        Optional<LinkTally> last = voting.turnout(epoch - 1);
        boolean pending = now.isEmpty() && last.isPresent();
        String voted = (pending ? last : now)
                .map(tally -> percent(tally.voted(), tally.total()))
                .orElse(percent(0, 1));
        return Optional.of("finality waits: " + voted + " of stake voted for epoch " + (pending ? epoch - 1 : epoch)
                + ", more than 66.7 % must");
    }

    /** Slots of the last epoch's length without a block on the adopted branch. */
    private String emptySlots(long slot, BlockNode head) {
        long from = Math.max(0, slot - branches.clock().epochSlots());
        long filled = 0;
        for (BlockNode node = head; node.height() > 0 && branches.slot(node) > from; node = branches.parent(node)) {
            filled++;
        }
        return Math.max(0, slot - from - filled) + " of the last " + (slot - from);
    }

    private String describe(Checkpoint checkpoint) {
        return "epoch " + checkpoint.epoch()
                + branches.tree()
                        .node(checkpoint.block())
                        .map(node -> " at height " + node.height())
                        .orElse("")
                + ", " + checkpoint.block();
    }

    private static String percent(long part, long whole) {
        return new BigDecimal(BigInteger.valueOf(part).multiply(BigInteger.valueOf(1_000)))
                        .divide(BigDecimal.valueOf(whole), 0, RoundingMode.DOWN)
                        .movePointLeft(1)
                + " %";
    }
}
