/** The JSON forms of results: the records here are what is sent, and what the schemas of the OpenRPC document are made from. */
@NullMarked
package synod.node.rpc.result;

import org.jspecify.annotations.NullMarked;
