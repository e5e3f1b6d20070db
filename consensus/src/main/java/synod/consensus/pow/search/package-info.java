/**
 * The nonce search: threads that try nonces until a block's id meets its target. The one place of the consensus module
 * with threads; it stands at the edge of the node and hands its results back as values.
 */
@NullMarked
package synod.consensus.pow.search;

import org.jspecify.annotations.NullMarked;
