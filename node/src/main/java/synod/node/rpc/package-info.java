/** The node's JSON-RPC interface over HTTP and WebSocket on one port; everything that comes in is bounded. */
@NullMarked
package synod.node.rpc;

import org.jspecify.annotations.NullMarked;
