/**
 * JSON-RPC 2.0 without a transport: reading requests strictly, finding the method, checking its parameters, running it,
 * writing the answer within bounds, and describing all methods as an OpenRPC document made from their declarations.
 */
@NullMarked
package synod.node.rpc.jsonrpc;

import org.jspecify.annotations.NullMarked;
