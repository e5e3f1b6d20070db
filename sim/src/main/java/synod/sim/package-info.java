/**
 * The simulator: the very replica of the node, several of them, on a simulated network, disk and clock. One thread, one
 * seed; the same seed gives the same run.
 */
@NullMarked
package synod.sim;

import org.jspecify.annotations.NullMarked;
