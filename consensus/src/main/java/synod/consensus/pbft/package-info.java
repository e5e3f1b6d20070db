/**
 * Practical Byzantine fault tolerance over a hash-linked ledger.
 *
 * <p>The protocol is that of M. Castro and B. Liskov, "Practical Byzantine Fault Tolerance and Proactive Recovery", ACM
 * TOCS 20(4), 2002 (cited as "TOCS"), in the form with signatures.
 */
@NullMarked
package synod.consensus.pbft;

import org.jspecify.annotations.NullMarked;
