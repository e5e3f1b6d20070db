/** Transactions that wait for a block: bounded, ordered by fee, with a reason for every refusal and every wait. */
@NullMarked
package synod.chain.mempool;

import org.jspecify.annotations.NullMarked;
