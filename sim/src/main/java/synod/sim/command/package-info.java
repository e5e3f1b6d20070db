/**
 * The {@code synod sim} command.
 */
@NullMarked
package synod.sim.command;

import org.jspecify.annotations.NullMarked;
