/**
 * What protocols that decide by votes of Byzantine quorums share: how many make one, counting them, proving that they
 * voted, and never contradicting oneself.
 */
@NullMarked
package synod.consensus.quorum;

import org.jspecify.annotations.NullMarked;
