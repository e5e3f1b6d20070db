/**
 * Practical Byzantine fault tolerance over a hash-linked ledger: M. Castro and B. Liskov, "Practical Byzantine Fault
 * Tolerance", OSDI 1999 (cited as "OSDI"), in its form with signatures, for any number of members.
 *
 * <p><b>The paper's words here.</b> A sequence number is a height and a batch of requests is a block. A block names its
 * parent, so one height is open at a time: the child of the head. A member signs a commit only after it executed the
 * block, whose header names the state's root, so a block's {@linkplain synod.consensus.quorum.CommitCertificate commit
 * certificate}, its seal, is also a stable checkpoint (OSDI §4.3) at every height: the low water mark is the head. The
 * high water mark is {@link synod.consensus.pbft.MessageBuffer#WINDOW} above the open height; whoever is further behind
 * catches up by block synchronisation, seal by seal. With one open height there are no gaps in a new view, and nothing
 * for null requests to fill: a new primary must propose again what may have been committed, or is free.
 *
 * <p><b>Views.</b> Each height begins in the view in which its parent was decided, as the parent's seal tells, so the
 * primary stays as long as all goes well. The promise of a view change (OSDI §4.4) holds for one height. So a member that
 * suspected a good primary alone is back with the others at the next height. This is safe: in the first view of a height
 * a member votes only if it has not voted there in another view; in every later view only for what a new-view message
 * allows, whose quorum of view changes shares a correct member with every quorum that committed before.
 */
@NullMarked
package synod.consensus.pbft;

import org.jspecify.annotations.NullMarked;
