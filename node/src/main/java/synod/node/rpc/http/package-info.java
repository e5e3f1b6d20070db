/** The transport of the interface: HTTP/1.1 and WebSocket on Netty, with a bound on everything. */
@NullMarked
package synod.node.rpc.http;

import org.jspecify.annotations.NullMarked;
