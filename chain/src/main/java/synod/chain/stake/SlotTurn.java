package synod.chain.stake;

import synod.chain.codec.ByteString;

/**
 * The step that a block makes in slots, and perhaps in epochs.
 *
 * @param slot the block's
 * @param before the epoch of the block's parent
 * @param now the block's epoch, the same object if it is the parent's
 * @param output the proposer's output of the verifiable random function, which goes into the nonces to come
 */
public record SlotTurn(long slot, EpochState before, EpochState now, ByteString output) {
    /** Whether this is its epoch's first block. */
    public boolean beginsEpoch() {
        return now.number() != before.number();
    }
}
