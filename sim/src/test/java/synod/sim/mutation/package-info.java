/** Breaks the engines on purpose, to see every checker fire: a checker that never has is not trusted. */
@NullMarked
package synod.sim.mutation;

import org.jspecify.annotations.NullMarked;
