/**
 * What can go wrong, and how often it does in a run: fault classes, the swarm of options that a seed draws, and the dice.
 */
@NullMarked
package synod.sim.fault;

import org.jspecify.annotations.NullMarked;
