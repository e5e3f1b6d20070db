/**
 * The simulator: the very replica of the node, several of them, on a simulated network, disk and clock, with faults and
 * checkers. One thread, one seed; the same seed gives the same run. This package holds the entry point.
 */
@NullMarked
package synod.sim;

import org.jspecify.annotations.NullMarked;
