package synod.consensus.pos;

import synod.chain.stake.StakeRules;

/**
 * What a genesis file fixes about proof of stake.
 *
 * @param stake slots, epochs, the lottery, bonding and slashing: what the ledger needs as well
 * @param futureDriftMillis how far a block's time may be ahead of the clock of the node that judges it
 */
public record PosParameters(StakeRules stake, long futureDriftMillis) {
    private static final long DAY_MILLIS = 86_400_000;

    /** Checks the bounds. */
    public PosParameters {
        if (futureDriftMillis < 1 || futureDriftMillis > DAY_MILLIS) {
            throw new IllegalArgumentException(
                    "futureDriftMillis must be 1 to " + DAY_MILLIS + ", not " + futureDriftMillis);
        }
    }
}
