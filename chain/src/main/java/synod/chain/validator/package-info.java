/** Who decides blocks under engines that have members: the sets that headers commit to. */
@NullMarked
package synod.chain.validator;

import org.jspecify.annotations.NullMarked;
