/**
 * Proof of work: SHA-256d over Bitcoin's 80-byte header, compact targets, difficulty by ASERT at every block, and the
 * branch with the most cumulative work.
 *
 * <p>{@link synod.consensus.pow.PowConsensus} holds the rules of a header, {@link synod.consensus.pow.PowEngine} decides
 * which branch to adopt and what to mine on. The nonce search itself is at the edge, in {@code search}.
 *
 * <p><b>Time.</b> Headers carry milliseconds in their core, and every rule here uses those; the seconds in the outer
 * header are only a copy. Bitcoin's rules carry over unchanged: they fix an order and differences of times, not a unit.
 *
 * <p><b>Why there is no time-warp rule.</b> Bitcoin retargets over windows of blocks that do not overlap, so a majority
 * can stretch each window's ends and lower the difficulty without limit (time warp, and Murch and Zawy's variant of it).
 * ASERT has no windows: the target follows from the last block's height and time alone, counted from genesis. A time
 * that lies ahead eases only the blocks until somebody states the true time, by at most two to the power of drift limit
 * over half-life, and what it gained is taken back by the schedule; a time that lies behind makes the liar's next block
 * harder.
 */
@NullMarked
package synod.consensus.pow;

import org.jspecify.annotations.NullMarked;
