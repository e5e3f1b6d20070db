/**
 * What must hold after every event, each thing a small class with a name, and the marks that show which interesting cases
 * did occur.
 */
@NullMarked
package synod.sim.check;

import org.jspecify.annotations.NullMarked;
