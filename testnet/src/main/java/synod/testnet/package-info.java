/** Local networks of real node processes, and faults on them: what {@code synod testnet} starts. */
@NullMarked
package synod.testnet;

import org.jspecify.annotations.NullMarked;
