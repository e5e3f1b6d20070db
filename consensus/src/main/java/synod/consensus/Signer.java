package synod.consensus;

import synod.crypto.PublicKey;
import synod.crypto.Signature;

/** The key that a member of a network speaks with. */
public interface Signer {
    /** Who signs. */
    PublicKey publicKey();

    /** Signs exactly these bytes; the same bytes give the same signature. */
    Signature sign(byte[] message);
}
