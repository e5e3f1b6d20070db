/**
 * The replica: the one deterministic, single-threaded heart of a node. It owns engine, block tree, ledger, mempool, gossip
 * and sync, takes inputs in order and returns outputs in order. It reads no clock and does no I/O of its own.
 */
@NullMarked
package synod.node.replica;

import org.jspecify.annotations.NullMarked;
