/**
 * The canonical binary encoding: every accepted byte string re-encodes to itself, and every length is checked before
 * memory is taken. Integers are little-endian and of fixed width.
 */
@NullMarked
package synod.chain.codec;

import org.jspecify.annotations.NullMarked;
