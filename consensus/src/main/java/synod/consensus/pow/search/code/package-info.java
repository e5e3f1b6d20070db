/**
 * Makes the straight-line code of the nonce search when a kernel starts: the double hash as a graph of 32-bit words in
 * which everything that does not depend on the nonce is folded ({@link synod.consensus.pow.search.code.DoubleHashGraph}),
 * written as bytecode of the vector API or of plain integers ({@link synod.consensus.pow.search.code.GroupCodeGenerator}).
 */
@NullMarked
package synod.consensus.pow.search.code;

import org.jspecify.annotations.NullMarked;
