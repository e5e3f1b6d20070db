package synod.consensus;

import synod.chain.codec.ByteString;
import synod.crypto.PublicKey;
import synod.crypto.VrfKey;
import synod.crypto.VrfProof;

/** The key that a validator draws slots with. */
public interface VrfProver {
    /** Whose draws can be checked. */
    PublicKey publicKey();

    /** Evaluates the function; the same input gives the same draw. */
    Draw draw(byte[] alpha);

    /**
     * The function's output at one input.
     *
     * @param proof that it is: {@link VrfProof#LENGTH} bytes
     * @param output {@link VrfProof#OUTPUT_LENGTH} bytes that nobody without the key can tell from random ones
     */
    record Draw(ByteString proof, ByteString output) {}

    /** ECVRF-EDWARDS25519-SHA512-TAI of RFC 9381 with this key. */
    static VrfProver of(VrfKey key) {
        return new VrfProver() {
            @Override
            public PublicKey publicKey() {
                return key.publicKey();
            }

            @Override
            public Draw draw(byte[] alpha) {
                VrfProof proof = key.prove(alpha);
                return new Draw(ByteString.of(proof.bytes()), ByteString.of(proof.unverifiedOutput()));
            }
        };
    }
}
