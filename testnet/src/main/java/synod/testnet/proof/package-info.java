/**
 * What is claimed of a network, shown on real processes: that killed nodes lose nothing that they acknowledged, and that
 * a node which joins late catches up.
 */
@NullMarked
package synod.testnet.proof;

import org.jspecify.annotations.NullMarked;
