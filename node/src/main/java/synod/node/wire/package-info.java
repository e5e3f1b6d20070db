/**
 * What nodes say to each other about transactions and blocks: the messages, their canonical encoding and bounds, and the
 * checks that a message passes on a worker before the replica sees it.
 */
@NullMarked
package synod.node.wire;

import org.jspecify.annotations.NullMarked;
