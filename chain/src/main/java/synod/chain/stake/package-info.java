/**
 * Stake: who has put coins at risk, which of them may propose in which slot and vote on which checkpoint, and what
 * becomes of those who contradict themselves. Pure rules and records; the engine that makes blocks by them is not known
 * here.
 */
@NullMarked
package synod.chain.stake;

import org.jspecify.annotations.NullMarked;
