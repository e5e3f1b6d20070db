/** Signed transactions and the kinds of payload they carry. A new kind of transaction touches only this package. */
@NullMarked
package synod.chain.transaction;

import org.jspecify.annotations.NullMarked;
