/** What the JSON-RPC interface needs of the rest of the node; the node's wiring adapts its parts to these. */
@NullMarked
package synod.node.rpc.port;

import org.jspecify.annotations.NullMarked;
