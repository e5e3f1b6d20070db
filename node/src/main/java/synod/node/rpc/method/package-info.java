/** The methods of the interface, one class a namespace. */
@NullMarked
package synod.node.rpc.method;

import org.jspecify.annotations.NullMarked;
