package synod.chain.stake;

import synod.crypto.Hash;

/**
 * What holds throughout one epoch on one branch.
 *
 * @param number the epoch's
 * @param nonce what leaders of the epoch's slots are drawn by
 * @param active who may propose in this epoch and votes on its checkpoint: the stake as it was at the end of the epoch
 *     before the last one with blocks
 * @param next the same of the next epoch with blocks: the stake as it was at the end of the last one. The root of its
 *     {@link StakeSnapshot#validators} is what headers of this epoch name
 */
public record EpochState(long number, Hash nonce, StakeSnapshot active, StakeSnapshot next) {}
