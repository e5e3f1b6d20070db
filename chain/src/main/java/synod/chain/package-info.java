/**
 * The ledger's own nouns: headers, blocks, amounts, rejections.
 *
 * <p>The module holds blocks, transactions, canonical encoding, ledger state, the mempool and the stores. It knows no
 * sockets, threads, wall clock or engines: time comes in as an argument.
 */
@NullMarked
package synod.chain;

import org.jspecify.annotations.NullMarked;
