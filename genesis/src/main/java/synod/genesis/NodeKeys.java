package synod.genesis;

import synod.crypto.Address;
import synod.crypto.PublicKey;
import synod.crypto.SigningKey;
import synod.crypto.VrfKey;

/**
 * The public keys of a node that a network is made for.
 *
 * @param signing what it signs with
 * @param vrf what it draws slots with, where stake decides
 */
public record NodeKeys(PublicKey signing, PublicKey vrf) {
    /** Those of the node with this key. */
    public static NodeKeys of(SigningKey key) {
        return new NodeKeys(key.publicKey(), VrfKey.ofSigningKey(key).publicKey());
    }

    /** Where the node's coins are. */
    public Address address() {
        return Address.of(signing);
    }
}
