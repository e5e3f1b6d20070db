/**
 * Clients: accounts whose transfers make the work that members decide on.
 */
@NullMarked
package synod.sim.client;

import org.jspecify.annotations.NullMarked;
