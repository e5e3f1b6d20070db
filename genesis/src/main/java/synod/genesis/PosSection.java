package synod.genesis;

import java.util.List;
import synod.chain.Amount;
import synod.chain.stake.Ratio;
import synod.chain.stake.SlotClock;
import synod.chain.stake.StakeRules;
import synod.chain.stake.StakeSnapshot;
import synod.chain.stake.Staker;
import synod.chain.validator.ValidatorSet;
import synod.consensus.pos.PosParameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The engine's section of a genesis file under proof of stake. */
final class PosSection {
    private PosSection() {}

    static EngineParameters read(JsonPlace place, long timeMillis) {
        place.object(
                "name",
                "slotMillis",
                "epochSlots",
                "activeSlots",
                "unbondingEpochs",
                "slashing",
                "reporterShare",
                "minBond",
                "futureDriftMillis",
                "validators");
        long slotMillis = place.field("slotMillis").number(1, SlotClock.MAX_SLOT_MILLIS);
        long epochSlots = place.field("epochSlots").number(SlotClock.MIN_EPOCH_SLOTS, SlotClock.MAX_EPOCH_SLOTS);
        Ratio activeSlots = place.field("activeSlots").text(Ratio::parse);
        int unbondingEpochs = (int) place.field("unbondingEpochs").number(0, StakeRules.MAX_UNBONDING_EPOCHS);
        Ratio slashing = place.field("slashing").text(Ratio::parse);
        Ratio reporterShare = place.field("reporterShare").text(Ratio::parse);
        Amount minBond = place.field("minBond").text(Amount::parse);
        long futureDriftMillis = place.field("futureDriftMillis").number(0, Long.MAX_VALUE);
        PosParameters parameters = place.check(() -> new PosParameters(
                new StakeRules(
                        new SlotClock(timeMillis, slotMillis, epochSlots),
                        activeSlots,
                        unbondingEpochs,
                        slashing,
                        reporterShare,
                        minBond),
                futureDriftMillis));
        JsonPlace validators = place.field("validators");
        List<Staker> stakers = validators.elements(ValidatorSet.MAX_SIZE).stream()
                .map(PosSection::staker)
                .toList();
        return validators.check(() -> new EngineParameters.Pos(parameters, StakeSnapshot.of(stakers)));
    }

    private static Staker staker(JsonPlace place) {
        place.object("key", "vrfKey", "stake");
        var key = place.field("key").text(GenesisFile::key);
        var vrfKey = place.field("vrfKey").text(GenesisFile::key);
        Amount stake = place.field("stake").text(Amount::parse);
        return place.check(() -> new Staker(key, vrfKey, stake));
    }

    static void write(EngineParameters.Pos pos, ObjectNode out) {
        StakeRules stake = pos.parameters().stake();
        out.put("name", pos.engine())
                .put("slotMillis", stake.clock().slotMillis())
                .put("epochSlots", stake.clock().epochSlots())
                .put("activeSlots", stake.activeSlots().toString())
                .put("unbondingEpochs", stake.unbondingEpochs())
                .put("slashing", stake.slashing().toString())
                .put("reporterShare", stake.reporterShare().toString())
                .put("minBond", stake.minBond().toString())
                .put("futureDriftMillis", pos.parameters().futureDriftMillis());
        ArrayNode validators = out.putArray("validators");
        pos.staked()
                .stakers()
                .forEach(staker -> validators
                        .addObject()
                        .put("key", staker.key().toString())
                        .put("vrfKey", staker.vrfKey().toString())
                        .put("stake", staker.stake().toString()));
    }
}
