/**
 * Liars, for teaching and for tests: an otherwise real replica whose outputs go through a strategy that holds its key. No
 * honest node runs any of this.
 */
@NullMarked
package synod.node.byzantine;

import org.jspecify.annotations.NullMarked;
