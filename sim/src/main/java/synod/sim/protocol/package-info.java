/**
 * What the simulator must know of each consensus protocol: how to make its members, what they tolerate, what must hold of
 * what they say.
 */
@NullMarked
package synod.sim.protocol;

import org.jspecify.annotations.NullMarked;
