/**
 * The simulated world: virtual time, nodes that are real replicas with simulated disks and clocks, and the network between
 * them. What goes wrong is drawn elsewhere; here is only what can.
 */
@NullMarked
package synod.sim.world;

import org.jspecify.annotations.NullMarked;
