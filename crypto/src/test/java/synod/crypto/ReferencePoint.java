package synod.crypto;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Slow and plain edwards25519 arithmetic in whole numbers, straight from RFC 8032 section 5.1: the yardstick for the
 * edge cases, and the means to construct points and signatures that no honest signer makes.
 */
record ReferencePoint(BigInteger x, BigInteger y) {
    static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    static final BigInteger L = BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final BigInteger D = BigInteger.valueOf(-121665)
            .multiply(BigInteger.valueOf(121666).modInverse(P))
            .mod(P);
    private static final BigInteger ROOT_OF_MINUS_ONE =
            BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);

    static final ReferencePoint NEUTRAL = new ReferencePoint(BigInteger.ZERO, BigInteger.ONE);
    static final ReferencePoint BASE = decode(
            BigInteger.valueOf(4).multiply(BigInteger.valueOf(5).modInverse(P)).mod(P), false);

    /** A point of order 8: L times some point that is not in the prime-order subgroup. */
    static final ReferencePoint ORDER_EIGHT = orderEight();

    private static final List<ReferencePoint> TORSION = torsion();

    static ReferencePoint decode(BigInteger y, boolean odd) {
        BigInteger y2 = y.multiply(y);
        BigInteger x2 = y2.subtract(BigInteger.ONE)
                .multiply(D.multiply(y2).add(BigInteger.ONE).modInverse(P))
                .mod(P);
        BigInteger x = x2.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
        if (!x.multiply(x).mod(P).equals(x2)) {
            x = x.multiply(ROOT_OF_MINUS_ONE).mod(P);
        }
        if (!x.multiply(x).mod(P).equals(x2)) {
            throw new IllegalArgumentException("not on the curve");
        }
        return new ReferencePoint(x.testBit(0) == odd ? x : x.negate().mod(P), y);
    }

    static ReferencePoint decode(byte[] encoded) {
        BigInteger all = littleEndian(encoded);
        return decode(all.clearBit(255), all.testBit(255));
    }

    private static ReferencePoint orderEight() {
        for (int y = 2; ; y++) {
            try {
                ReferencePoint torsion = decode(BigInteger.valueOf(y), false).times(L);
                if (!torsion.times(BigInteger.valueOf(4)).equals(NEUTRAL)) {
                    return torsion;
                }
            } catch (IllegalArgumentException notOnTheCurve) {
                continue;
            }
        }
    }

    private static List<ReferencePoint> torsion() {
        List<ReferencePoint> multiples = new ArrayList<>(List.of(NEUTRAL));
        for (int i = 1; i < 8; i++) {
            multiples.add(multiples.getLast().plus(ORDER_EIGHT));
        }
        return multiples;
    }

    /** One of the eight points of small order: so many times that of order 8. */
    static ReferencePoint torsion(int multiple) {
        return TORSION.get(multiple);
    }

    ReferencePoint plus(ReferencePoint other) {
        BigInteger cross =
                D.multiply(x).multiply(other.x).multiply(y).multiply(other.y).mod(P);
        BigInteger sumX = x.multiply(other.y).add(y.multiply(other.x));
        BigInteger sumY = y.multiply(other.y).add(x.multiply(other.x));
        return new ReferencePoint(
                sumX.multiply(BigInteger.ONE.add(cross).modInverse(P)).mod(P),
                sumY.multiply(BigInteger.ONE.subtract(cross).modInverse(P)).mod(P));
    }

    ReferencePoint negated() {
        return new ReferencePoint(x.negate().mod(P), y);
    }

    ReferencePoint times(BigInteger scalar) {
        Fraction result = new Fraction(NEUTRAL.x, NEUTRAL.y, BigInteger.ONE);
        Fraction step = new Fraction(x, y, BigInteger.ONE);
        for (int i = scalar.bitLength() - 1; i >= 0; i--) {
            result = result.plus(result);
            if (scalar.testBit(i)) {
                result = result.plus(step);
            }
        }
        BigInteger inverse = result.z.modInverse(P);
        return new ReferencePoint(
                result.x.multiply(inverse).mod(P), result.y.multiply(inverse).mod(P));
    }

    /** A point (x/z, y/z), and the same law of addition with the fractions brought to one denominator. */
    private record Fraction(BigInteger x, BigInteger y, BigInteger z) {
        Fraction plus(Fraction other) {
            BigInteger xx = x.multiply(other.x).mod(P);
            BigInteger yy = y.multiply(other.y).mod(P);
            BigInteger zz = z.multiply(other.z).mod(P);
            BigInteger cross = D.multiply(xx).mod(P).multiply(yy).mod(P);
            BigInteger square = zz.multiply(zz);
            BigInteger more = square.add(cross).mod(P);
            BigInteger less = square.subtract(cross).mod(P);
            BigInteger sumX = x.multiply(other.y).add(y.multiply(other.x)).mod(P);
            return new Fraction(
                    sumX.multiply(zz).mod(P).multiply(less).mod(P),
                    yy.add(xx).multiply(zz).mod(P).multiply(more).mod(P),
                    more.multiply(less).mod(P));
        }
    }

    boolean hasPrimeOrder() {
        return !equals(NEUTRAL) && times(L).equals(NEUTRAL);
    }

    byte[] encode() {
        return littleEndian(x.testBit(0) ? y.setBit(255) : y);
    }

    /** The secret scalar that a seed stands for (RFC 8032 section 5.1.5). */
    static BigInteger secretScalar(byte[] seed) {
        byte[] half = Arrays.copyOf(sha512(seed), 32);
        half[0] &= (byte) 0xf8;
        half[31] &= 0x7f;
        half[31] |= 0x40;
        return littleEndian(half);
    }

    /** The scalar k of RFC 8032 section 5.1.7. */
    static BigInteger challenge(byte[] r, byte[] a, byte[] message) {
        return littleEndian(sha512(r, a, message)).mod(L);
    }

    static byte[] sha512(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static BigInteger littleEndian(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }

    static byte[] littleEndian(BigInteger value) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < 32; i++) {
            bytes[i] = value.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }
}
