package synod.crypto;

import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 private key: the 32-byte seed of RFC 8032 section 5.1.5. Never printed. */
public final class SigningKey {
    /** Length of the seed in bytes. */
    public static final int LENGTH = Ed25519.SECRET_KEY_SIZE;

    private final byte[] seed;
    private final PublicKey publicKey;

    private SigningKey(byte[] seed) {
        this.seed = seed;
        byte[] encoded = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(seed, 0, encoded, 0);
        this.publicKey = PublicKey.ofBaseMultiple(encoded);
    }

    /**
     * The key with this seed.
     *
     * @throws IllegalArgumentException if there are not exactly 32 bytes
     */
    public static SigningKey of(byte[] seed) {
        if (seed.length != LENGTH) {
            throw new IllegalArgumentException("a signing key has 32 bytes, not " + seed.length);
        }
        return new SigningKey(seed.clone());
    }

    /** A new key. */
    public static SigningKey generate(SecureRandom random) {
        byte[] seed = new byte[LENGTH];
        random.nextBytes(seed);
        return new SigningKey(seed);
    }

    /** The public half. */
    public PublicKey publicKey() {
        return publicKey;
    }

    /** A deterministic signature over the message. */
    public Signature sign(byte[] message) {
        byte[] signature = new byte[Signature.LENGTH];
        Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
        return Signature.wrap(signature);
    }

    /** A copy of the seed, for sealing it into a keystore. */
    public byte[] seed() {
        return seed.clone();
    }

    @Override
    public String toString() {
        return "SigningKey of " + publicKey;
    }
}
