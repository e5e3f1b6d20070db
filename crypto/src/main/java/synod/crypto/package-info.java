/**
 * Hashes, keys, signatures, verifiable random functions, addresses, Merkle trees, key derivation and sealed keystores.
 *
 * <p>This module knows nothing of blocks or networks. Everything in it is a pure function of its arguments, except
 * where a {@link java.security.SecureRandom} is passed in to make a new secret.
 */
@NullMarked
package synod.crypto;

import org.jspecify.annotations.NullMarked;
