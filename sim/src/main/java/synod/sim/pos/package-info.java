/** Proof of stake in the simulator: its members, its liars, and what must hold of what they say. */
@NullMarked
package synod.sim.pos;

import org.jspecify.annotations.NullMarked;
