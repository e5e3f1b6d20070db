package synod.consensus;

import synod.crypto.PublicKey;
import synod.crypto.Signature;

/** Checks what {@link Signer}s made. Called from several threads at once. */
@FunctionalInterface
public interface SignatureVerifier {
    /** Ed25519, as {@link PublicKey#verifies} defines it. */
    SignatureVerifier ED25519 = PublicKey::verifies;

    /** Whether this key signed exactly these bytes. */
    boolean verifies(PublicKey key, byte[] message, Signature signature);
}
