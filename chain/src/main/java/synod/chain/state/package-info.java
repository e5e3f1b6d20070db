/**
 * The ledger's state: accounts and records, the authenticated tree over them, execution of blocks, and the stack of
 * blocks that lie above what is written to the store.
 */
@NullMarked
package synod.chain.state;

import org.jspecify.annotations.NullMarked;
