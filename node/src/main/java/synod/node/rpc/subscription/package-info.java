/** What happens in the replica, carried to WebSocket subscribers through bounded queues. */
@NullMarked
package synod.node.rpc.subscription;

import org.jspecify.annotations.NullMarked;
