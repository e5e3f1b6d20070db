package synod.consensus.quorum;

import java.nio.charset.StandardCharsets;
import synod.consensus.SignatureVerifier;
import synod.consensus.Signer;
import synod.crypto.PublicKey;
import synod.crypto.Sha256;
import synod.crypto.Signature;
import synod.crypto.SigningKey;

/** Signatures for tests: a keyed hash instead of curve arithmetic. Anybody could forge them; tests do so on purpose only. */
public record HashSigner(PublicKey publicKey) implements Signer {
    /** Checks such signatures. */
    public static final SignatureVerifier VERIFIER =
            (key, message, signature) -> new HashSigner(key).sign(message).equals(signature);

    /** The signer with this name. */
    public static HashSigner named(String name) {
        return new HashSigner(
                SigningKey.of(Sha256.hash(name.getBytes(StandardCharsets.UTF_8)).bytes())
                        .publicKey());
    }

    @Override
    public Signature sign(byte[] message) {
        byte[] bytes = new byte[Signature.LENGTH];
        Sha256.hash(publicKey.bytes(), message).copyTo(bytes, 0);
        Sha256.hash(message, publicKey.bytes()).copyTo(bytes, 32);
        return Signature.of(bytes);
    }
}
