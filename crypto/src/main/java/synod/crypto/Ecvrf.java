package synod.crypto;

import java.security.MessageDigest;

/**
 * The parts of ECVRF-EDWARDS25519-SHA512-TAI (RFC 9381 section 5.5, suite 3) that proving and verifying share.
 *
 * <p>Of the two suites over this curve we take try-and-increment: it hashes to the curve by decoding points until one is
 * valid, about two attempts. The time it takes tells about the input; Elligator 2 in the other suite would hide that. Our
 * inputs are public, the epoch's nonce and the slot, so there is nothing to hide, and all that is needed is the decoding
 * that signatures need too.
 */
final class Ecvrf {
    static final int POINT_LENGTH = 32;
    static final int CHALLENGE_LENGTH = 16;
    static final int SCALAR_LENGTH = 32;

    private static final byte SUITE = 3;
    private static final byte ENCODE_TO_CURVE = 1;
    private static final byte CHALLENGE = 2;
    private static final byte PROOF_TO_HASH = 3;
    private static final byte END = 0;
    private static final int ATTEMPTS = 256;

    private Ecvrf() {}

    /**
     * A point of prime order that depends on the key and the input alone (section 5.4.1.1).
     *
     * @throws IllegalStateException if 256 attempts find none, which has probability 2⁻²⁵⁶
     */
    static CurvePoint encodeToCurve(byte[] publicKey, byte[] alpha) {
        MessageDigest digest = Sha512.newDigest();
        CurvePoint point = new CurvePoint();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            digest.update(SUITE);
            digest.update(ENCODE_TO_CURVE);
            digest.update(publicKey);
            digest.update(alpha);
            digest.update((byte) attempt);
            digest.update(END);
            if (point.decodeVar(digest.digest(), 0)) {
                point.becomeCofactorMultiple();
                if (!point.isNeutralVar()) {
                    return point;
                }
            }
        }
        throw new IllegalStateException("no attempt at hashing to the curve gave a point");
    }

    /** The challenge over the encoded points Y, H, Γ, U and V (section 5.4.3): 16 bytes. */
    static byte[] challenge(byte[]... points) {
        MessageDigest digest = Sha512.newDigest();
        digest.update(SUITE);
        digest.update(CHALLENGE);
        for (byte[] point : points) {
            digest.update(point);
        }
        digest.update(END);
        byte[] challenge = new byte[CHALLENGE_LENGTH];
        System.arraycopy(digest.digest(), 0, challenge, 0, CHALLENGE_LENGTH);
        return challenge;
    }

    /** The output that a proof's Γ stands for (section 5.2). Changes the point. */
    static byte[] output(CurvePoint gamma) {
        gamma.becomeCofactorMultiple();
        MessageDigest digest = Sha512.newDigest();
        digest.update(SUITE);
        digest.update(PROOF_TO_HASH);
        digest.update(gamma.encode());
        digest.update(END);
        return digest.digest();
    }
}
