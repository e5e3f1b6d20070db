package synod.consensus;

import java.util.Optional;
import synod.chain.codec.ByteString;
import synod.crypto.PublicKey;
import synod.crypto.VrfProof;

/** Checks what {@link VrfProver}s drew. Called from several threads at once. */
@FunctionalInterface
public interface VrfVerifier {
    /** ECVRF-EDWARDS25519-SHA512-TAI of RFC 9381. */
    VrfVerifier RFC_9381 = (key, alpha, proof) -> {
        VrfProof parsed;
        try {
            parsed = VrfProof.of(proof.bytes());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return parsed.output(key, alpha).map(ByteString::of);
    };

    /** The function's output at this input, if the proof is one for it under this key. */
    Optional<ByteString> output(PublicKey key, byte[] alpha, ByteString proof);
}
