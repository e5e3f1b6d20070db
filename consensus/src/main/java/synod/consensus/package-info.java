/**
 * The contract between the replica and whatever decides the next block.
 *
 * <p>An {@link synod.consensus.Engine} is a pure state machine: the same state and event give the same actions. It reads
 * no clock (every event carries the time), draws no unseeded randomness, does no I/O and never blocks. The replica feeds
 * it events in order and executes its actions in order.
 *
 * <p>How blocks flow. A block from a peer is first a header, which {@link synod.consensus.Consensus#checkHeader} judges
 * by its ancestors alone, then a body. When it and all its ancestors are here, the engine hears {@code BlockArrived}.
 * An engine that forks (proof of work, proof of stake) answers with {@code Adopt} when the branch is better than the
 * head's: the replica unwinds to the common ancestor, executes the new branch, and reports {@code BlockApplied}, or the
 * rejection of the block at which execution failed, after which the replica is back on the old branch and holds the bad
 * one for invalid. A forking engine with finality emits {@code Finalize} for a block of the adopted branch: no later
 * {@code Adopt} may leave it. An engine that does not fork asks to {@code Validate} a proposal (executed on the head and
 * taken back), lets the members vote, and emits {@code Decide} with the block and its seal: the replica journals and
 * executes it, reports {@code BlockApplied}, and never leaves it. Decided blocks that come from peers by synchronisation
 * arrive as {@code BlockArrived}, their seals checked with the header; the engine adopts and finalizes them.
 *
 * <p>Own blocks take the same ways after {@code BlockBuilt} (engines that agree on a proposal) or {@code Sealed} (engines
 * that mine, or sign and {@code Publish} what was built).
 */
@NullMarked
package synod.consensus;

import org.jspecify.annotations.NullMarked;
