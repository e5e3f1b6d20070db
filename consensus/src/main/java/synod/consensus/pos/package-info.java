/** Proof of stake: validators drawn by stake propose, and votes of two thirds of the stake make checkpoints final. */
@NullMarked
package synod.consensus.pos;

import org.jspecify.annotations.NullMarked;
