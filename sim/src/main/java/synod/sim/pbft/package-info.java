/** PBFT in the simulator: its members, what must hold of what they say, and the liars among them. */
@NullMarked
package synod.sim.pbft;

import org.jspecify.annotations.NullMarked;
