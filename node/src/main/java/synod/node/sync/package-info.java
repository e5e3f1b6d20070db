/**
 * Catching up with peers as pure state machines: headers first, from one peer at a time; then bodies from all peers that
 * have them.
 */
@NullMarked
package synod.node.sync;

import org.jspecify.annotations.NullMarked;
