package synod.chain.stake;

import java.util.Optional;

/**
 * What the state after a block says about the epochs to come, as a block that stands on it would find them.
 *
 * @param current the block's own epoch
 * @param nonces after the block
 * @param staked the stake after the block; empty if nobody has any
 */
public record EpochsAhead(EpochState current, NonceState nonces, Optional<StakeSnapshot> staked) {
    /**
     * An epoch as its first block finds it, or the block's own. Who decides in it is whom the headers before it name,
     * however many epochs without blocks lie between; where nobody has stake any more, those who had it last stay.
     *
     * @throws IllegalArgumentException if the epoch is before the block's
     */
    public EpochState epoch(long number) {
        if (number < current.number()) {
            throw new IllegalArgumentException(
                    "epoch " + number + " is over: the last block is in epoch " + current.number());
        }
        if (number == current.number()) {
            return current;
        }
        boolean skipped = number > current.number() + 1;
        return new EpochState(
                number, nonces.epochNonce(number, skipped), current.next(), staked.orElse(current.next()));
    }
}
