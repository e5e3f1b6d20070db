/**
 * One seed's run from options to outcome, campaigns of many seeds, and the shrinking of a failure.
 */
@NullMarked
package synod.sim.run;

import org.jspecify.annotations.NullMarked;
