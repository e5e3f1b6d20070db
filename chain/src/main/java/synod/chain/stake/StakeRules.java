package synod.chain.stake;

import synod.chain.Amount;
import synod.chain.codec.Encoder;

/**
 * What a network's genesis fixes about stake.
 *
 * @param clock slots and epochs
 * @param activeSlots the active slot coefficient f: the share of slots that have a leader if all stake takes part; more
 *     than 0, less than 1
 * @param unbondingEpochs so many epochs after the one in which it is unbonded does stake come free; 2 to
 *     {@link #MAX_UNBONDING_EPOCHS}, for a validator decides up to two epochs after it unbonded
 * @param slashing what part of its coins a validator loses that contradicts itself; more than 0
 * @param reporterShare what part of that the reporter gets; the rest is destroyed. At most half, so that nobody gains by
 *     reporting himself
 * @param minBond the least that a validator may have bonded; more than 0
 */
public record StakeRules(
        SlotClock clock, Ratio activeSlots, int unbondingEpochs, Ratio slashing, Ratio reporterShare, Amount minBond) {
    /** The most epochs that unbonding may take. */
    public static final int MAX_UNBONDING_EPOCHS = 10_000;

    private static final int MIN_UNBONDING_EPOCHS = 2;

    /** Refuses rules outside the bounds. */
    public StakeRules {
        require(
                activeSlots.numerator() > 0 && activeSlots.numerator() < activeSlots.denominator(),
                "activeSlots must be more than 0 and less than 1, not " + activeSlots);
        require(
                unbondingEpochs >= MIN_UNBONDING_EPOCHS && unbondingEpochs <= MAX_UNBONDING_EPOCHS,
                "unbondingEpochs must be " + MIN_UNBONDING_EPOCHS + " to " + MAX_UNBONDING_EPOCHS + ", not "
                        + unbondingEpochs);
        require(slashing.numerator() > 0, "slashing must be more than 0");
        require(
                2 * reporterShare.numerator() <= reporterShare.denominator(),
                "reporterShare must be at most 1/2, not " + reporterShare);
        require(minBond.units() > 0, "minBond must be more than 0");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** How long stake that is unbonded can still be slashed, at least: so far back must a node's own view reach. */
    public long unbondingMillis() {
        return unbondingEpochs * clock.epochSlots() * clock.slotMillis();
    }

    /** Appends the canonical encoding, but for the origin, which is the genesis file's time. */
    public void encode(Encoder out) {
        out.u64(clock.slotMillis()).u64(clock.epochSlots());
        activeSlots.encode(out);
        out.u32(unbondingEpochs);
        slashing.encode(out);
        reporterShare.encode(out);
        out.u64(minBond.units());
    }
}
