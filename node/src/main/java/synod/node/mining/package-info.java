/**
 * What programs that mine share: what they tell the JIT compiler of the generated code, and {@code synod mine}, which works
 * for a Stratum server.
 */
@NullMarked
package synod.node.mining;

import org.jspecify.annotations.NullMarked;
