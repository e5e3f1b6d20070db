package synod.chain.stake;

import synod.chain.Amount;
import synod.crypto.Address;
import synod.crypto.PublicKey;

/**
 * A validator as a snapshot has it.
 *
 * @param key what it signs with
 * @param vrfKey what it draws slots with
 * @param stake what counts as its weight; more than 0
 */
public record Staker(PublicKey key, PublicKey vrfKey, Amount stake) {
    /** Checks the stake. */
    public Staker {
        if (stake.equals(Amount.ZERO)) {
            throw new IllegalArgumentException("a validator without stake: " + key);
        }
    }

    /** Where its coins come from and go to, and what its blocks' headers name as the proposer. */
    public Address address() {
        return Address.of(key);
    }
}
