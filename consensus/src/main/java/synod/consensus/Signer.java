package synod.consensus;

import synod.crypto.PublicKey;
import synod.crypto.Signature;
import synod.crypto.SigningKey;

/** The key that a member of a network speaks with. */
public interface Signer {
    /** Who signs. */
    PublicKey publicKey();

    /** Signs exactly these bytes; the same bytes give the same signature. */
    Signature sign(byte[] message);

    /** Ed25519 signatures with this key. */
    static Signer of(SigningKey key) {
        return new Signer() {
            @Override
            public PublicKey publicKey() {
                return key.publicKey();
            }

            @Override
            public Signature sign(byte[] message) {
                return key.sign(message);
            }
        };
    }
}
