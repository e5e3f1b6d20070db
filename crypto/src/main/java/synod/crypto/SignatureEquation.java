package synod.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The equation of {@link PublicKey}'s rule, for one signature (RFC 8032 section 5.1.7). {@link SignatureBatch} checks
 * the same one for many.
 */
final class SignatureEquation {
    private static final int HALF = 32;

    /** The y coordinates of the eight points of small order: 0, 1, −1, and those of order 8. */
    private static final byte[][] SMALL_ORDER = {
        HexFormat.of().parseHex("0000000000000000000000000000000000000000000000000000000000000000"),
        HexFormat.of().parseHex("0100000000000000000000000000000000000000000000000000000000000000"),
        HexFormat.of().parseHex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        HexFormat.of().parseHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        HexFormat.of().parseHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")
    };

    private SignatureEquation() {}

    /** Whether the signature is valid under this key, whose point is of prime order. */
    static boolean holds(byte[] key, KeyPoint point, byte[] message, byte[] signature) {
        if (!mayHold(signature)) {
            return false;
        }
        Scalar k = challenge(signature, key, message);
        CurvePoint r = new PointSum()
                .plus(s(signature), BasePoint.MULTIPLES)
                .plus(k.negated(), point.multiplesAlone())
                .total();
        // Whoever signs by the book gives just this point, and then R need not be decoded.
        if (Arrays.equals(r.encode(), 0, HALF, signature, 0, HALF)) {
            return true;
        }
        CurvePoint given = new CurvePoint();
        if (!given.decodeVar(signature, 0)) {
            return false;
        }
        r.subtract(given.toAddend());
        r.becomeCofactorMultiple();
        return r.isNeutralVar();
    }

    /** Whether S is below the group order and R is none of the points of small order. */
    static boolean mayHold(byte[] signature) {
        return Scalar.isCanonicalVar(signature, HALF) && !isSmallOrder(signature);
    }

    static Scalar s(byte[] signature) {
        return Scalar.reduce(signature, HALF, HALF);
    }

    /** The challenge k = SHA-512(R ‖ A ‖ M) mod L. */
    static Scalar challenge(byte[] signature, byte[] key, byte[] message) {
        MessageDigest digest = Sha512.newDigest();
        digest.update(signature, 0, HALF);
        digest.update(key);
        return Scalar.reduce(digest.digest(message), 0, 2 * HALF);
    }

    /** Whether the first 32 bytes are the canonical y of a point of small order, with either sign. */
    static boolean isSmallOrder(byte[] bytes) {
        for (byte[] small : SMALL_ORDER) {
            if (bytes[0] == small[0]
                    && Arrays.equals(bytes, 0, HALF - 1, small, 0, HALF - 1)
                    && (bytes[HALF - 1] & 0x7f) == small[HALF - 1]) {
                return true;
            }
        }
        return false;
    }
}
