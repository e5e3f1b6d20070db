/** What makes things go wrong at a time of its own: partitions, crashes, damaged disks, clocks; and what mends them. */
@NullMarked
package synod.sim.nemesis;

import org.jspecify.annotations.NullMarked;
