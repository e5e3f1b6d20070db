/**
 * The genesis file: what makes a network the network it is. Reads and writes it as JSON, checks it strictly, digests it
 * over a canonical binary encoding, and makes block 0 from it. Ships presets.
 *
 * <p>Nodes with different genesis files have different chain ids: block 0 carries the file's digest, and the chain id is
 * block 0's id.
 */
@NullMarked
package synod.genesis;

import org.jspecify.annotations.NullMarked;
