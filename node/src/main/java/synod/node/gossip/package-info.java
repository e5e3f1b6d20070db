/**
 * Gossip as pure state machines: transactions are announced by id, asked for, and sent once; blocks are announced by
 * header and sent as short ids of transactions that most peers already have.
 */
@NullMarked
package synod.node.gossip;

import org.jspecify.annotations.NullMarked;
