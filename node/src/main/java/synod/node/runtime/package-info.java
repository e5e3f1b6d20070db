/**
 * The edges around the replica: the thread that runs it, the threads that write its journal and its store, the checks of
 * what peers send, and the nonce search. Everything here may wait; the replica never does.
 */
@NullMarked
package synod.node.runtime;

import org.jspecify.annotations.NullMarked;
