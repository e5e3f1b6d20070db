/**
 * Proof of stake: leaders drawn by a verifiable random function in proportion to their stake (Ouroboros Praos), the
 * longest chain among those that contain what is justified, and votes of more than two thirds of the stake on the
 * checkpoints of epochs, which make them final (Casper the Friendly Finality Gadget).
 */
@NullMarked
package synod.consensus.pos;

import org.jspecify.annotations.NullMarked;
