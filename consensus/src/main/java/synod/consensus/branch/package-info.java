/** What engines that fork share: choosing among complete branches, one adoption at a time. */
@NullMarked
package synod.consensus.branch;

import org.jspecify.annotations.NullMarked;
