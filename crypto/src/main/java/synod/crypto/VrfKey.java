package synod.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The secret key of a verifiable random function, ECVRF-EDWARDS25519-SHA512-TAI of RFC 9381: a 32-byte seed as in RFC
 * 8032 section 5.1.5. Never printed.
 *
 * <p>A type of its own, for a seed must not serve signatures as well: both draw their nonces from the same hash (RFC
 * 9381 section 5.4.2.2), and one nonce under two challenges gives the key away.
 */
public final class VrfKey {
    /** Length of the seed in bytes. */
    public static final int LENGTH = SigningKey.LENGTH;

    private static final int HALF = 32;
    private static final byte[] DERIVATION = "synod vrf seed 1".getBytes(StandardCharsets.US_ASCII);

    private final PublicKey publicKey;
    private final Scalar secret;
    private final byte[] noncePrefix;

    private VrfKey(byte[] seed) {
        this.publicKey = SigningKey.of(seed).publicKey();
        byte[] hashed = Sha512.newDigest().digest(seed);
        this.noncePrefix = Arrays.copyOfRange(hashed, HALF, 2 * HALF);
        hashed[0] &= (byte) 0xf8;
        hashed[HALF - 1] &= 0x7f;
        hashed[HALF - 1] |= 0x40;
        this.secret = Scalar.reduce(hashed, 0, HALF);
    }

    /**
     * The key with this seed.
     *
     * @throws IllegalArgumentException if there are not exactly 32 bytes
     */
    public static VrfKey of(byte[] seed) {
        return new VrfKey(seed);
    }

    /**
     * The key of whoever holds this signing key, so that a validator has one secret to keep: its seed is SHA-256 over a
     * domain and the signing key's seed, and tells nothing about that.
     */
    public static VrfKey ofSigningKey(SigningKey key) {
        return new VrfKey(Sha256.hash(DERIVATION, key.seed()).bytes());
    }

    /** A new key. */
    public static VrfKey generate(SecureRandom random) {
        byte[] seed = new byte[LENGTH];
        random.nextBytes(seed);
        return new VrfKey(seed);
    }

    /** The public half. */
    public PublicKey publicKey() {
        return publicKey;
    }

    /**
     * Evaluates the function at alpha and proves it (RFC 9381 section 5.1); deterministic. The time taken depends on
     * alpha and not on the key, as far as {@link SecretMultiplication} says.
     */
    public VrfProof prove(byte[] alpha) {
        byte[] y = publicKey.unshared();
        CurvePoint h = Ecvrf.encodeToCurve(y, alpha);
        byte[] encodedH = h.encode();
        byte[] gamma = SecretMultiplication.of(secret, h).encode();

        MessageDigest digest = Sha512.newDigest();
        digest.update(noncePrefix);
        Scalar nonce = Scalar.reduce(digest.digest(encodedH), 0, 2 * HALF);
        byte[] u = SecretMultiplication.of(nonce, BasePoint.point()).encode();
        byte[] v = SecretMultiplication.of(nonce, h).encode();

        byte[] c = Ecvrf.challenge(y, encodedH, gamma, u, v);
        byte[] s = Scalar.reduce(c, 0, Ecvrf.CHALLENGE_LENGTH)
                .times(secret)
                .plus(nonce)
                .encode();
        byte[] proof = new byte[VrfProof.LENGTH];
        System.arraycopy(gamma, 0, proof, 0, Ecvrf.POINT_LENGTH);
        System.arraycopy(c, 0, proof, Ecvrf.POINT_LENGTH, Ecvrf.CHALLENGE_LENGTH);
        System.arraycopy(s, 0, proof, Ecvrf.POINT_LENGTH + Ecvrf.CHALLENGE_LENGTH, Ecvrf.SCALAR_LENGTH);
        return VrfProof.of(proof);
    }

    @Override
    public String toString() {
        return "VrfKey of " + publicKey;
    }
}
