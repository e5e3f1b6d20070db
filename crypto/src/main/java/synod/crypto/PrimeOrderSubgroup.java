package synod.crypto;

import org.bouncycastle.math.ec.rfc7748.X25519Field;

/**
 * Tells whether an encoded Ed25519 point lies in the prime-order subgroup, without the scalar multiplication by the
 * group order that the textbook test needs.
 *
 * <p>The curve's group is cyclic of order 8L, so the subgroup of order L is exactly the set of points that can be
 * halved three times. In Montgomery coordinates (RFC 7748 section 4.1) v² = u³ + Au² + u, doubling is the composition
 * of a 2-isogeny with its dual, and each step back takes one square root:
 *
 * <ul>
 *   <li>P = (u, v) is a double if and only if u is a square, u = w². With g² = u² + Au + 1, so that v = wg, the two
 *       points of the isogenous curve above P have x = A + 2u ± 2g. Their product A² − 4 is no square, so just one of
 *       them is a square, r², and it leads back to a half Q = (s, rs) of P with s = (r² − A)/2 ± wr.
 *   <li>Q is four times a point if and only if its reduced Tate pairing with the point (1, c) of order 4, c² = A + 2, is
 *       one: the tangent there gives the function s(r − c)², which must be a fourth power.
 * </ul>
 *
 * <p>Every choice of sign and of half differs by a point of order 2, which is itself four times a point, or by negating
 * P, so none of them matters. The method is that of T. Pornin, "Point-Halving and Subgroup Membership in Twisted Edwards
 * Curves" (IACR ePrint 2022/1164), and D. Koshelev, "Subgroup membership testing on elliptic curves via the Tate
 * pairing" (IACR ePrint 2022/037). Time depends on the point: for public values only.
 */
final class PrimeOrderSubgroup {
    private static final int A = 486662;
    private static final int[] C = squareRootOf(A + 2);
    private static final int[] QUARTER_POWER_OF_TWO = quarterPower(small(2));
    private static final int ENCODED_LENGTH = 32;

    private PrimeOrderSubgroup() {}

    /**
     * Whether the 32 bytes at the offset are the canonical encoding (RFC 8032 section 5.1.2) of a point of order L; the
     * neutral element is not.
     */
    static boolean contains(byte[] encoded, int offset) {
        if (!isCanonical(encoded, offset)) {
            return false;
        }
        int[] y = X25519Field.create();
        X25519Field.decode255(encoded, offset, y, 0);
        int[] one = X25519Field.create();
        X25519Field.one(one);
        int[] numerator = sum(one, y);
        int[] denominator = difference(one, y);
        if (isZero(numerator) || isZero(denominator)) {
            return false;
        }

        int[] w = X25519Field.create();
        if (!X25519Field.sqrtRatioVar(numerator, denominator, w)) {
            return false;
        }
        int[] u = X25519Field.create();
        X25519Field.sqr(w, u);
        int[] a = X25519Field.create();
        X25519Field.mul(one, A, a);

        int[] g = product(u, sum(u, a));
        g = sum(g, one);
        if (!X25519Field.sqrtRatioVar(g, one, g)) {
            return false;
        }

        int[] middle = sum(a, sum(u, u));
        int[] x = sum(middle, sum(g, g));
        int[] r = X25519Field.create();
        if (!X25519Field.sqrtRatioVar(x, one, r)) {
            x = difference(middle, sum(g, g));
            if (!X25519Field.sqrtRatioVar(x, one, r)) {
                throw new IllegalStateException("neither point above a doubled point is a square");
            }
        }

        // Twice s rather than s: two would need an inverse, and twice the function is tested against twice a fourth
        // power below.
        int[] twiceS = difference(x, a);
        int[] wr = product(w, r);
        twiceS = sum(twiceS, sum(wr, wr));
        int[] line = difference(r, C);
        int[] twiceF = product(twiceS, product(line, line));
        return areEqual(quarterPower(twiceF), QUARTER_POWER_OF_TWO);
    }

    /** Whether y is below the field prime 2²⁵⁵ − 19. */
    static boolean isCanonical(byte[] encoded, int offset) {
        if ((encoded[offset + ENCODED_LENGTH - 1] & 0x7f) != 0x7f) {
            return true;
        }
        for (int i = ENCODED_LENGTH - 2; i > 0; i--) {
            if ((encoded[offset + i] & 0xff) != 0xff) {
                return true;
            }
        }
        return (encoded[offset] & 0xff) < 0xed;
    }

    /** x to the power (p − 1)/4 = 2²⁵³ − 5, which is one exactly for fourth powers. */
    private static int[] quarterPower(int[] x) {
        int[] x2 = product(squared(x, 1), x);
        int[] x4 = product(squared(x2, 2), x2);
        int[] x5 = product(squared(x4, 1), x);
        int[] x10 = product(squared(x5, 5), x5);
        int[] x20 = product(squared(x10, 10), x10);
        int[] x40 = product(squared(x20, 20), x20);
        int[] x50 = product(squared(x40, 10), x10);
        int[] x100 = product(squared(x50, 50), x50);
        int[] x200 = product(squared(x100, 100), x100);
        int[] x250 = product(squared(x200, 50), x50);
        return product(squared(x250, 3), x2);
    }

    private static int[] small(int value) {
        int[] z = X25519Field.create();
        X25519Field.one(z);
        X25519Field.mul(z, value, z);
        return z;
    }

    private static int[] squareRootOf(int value) {
        int[] root = X25519Field.create();
        if (!X25519Field.sqrtRatioVar(small(value), small(1), root)) {
            throw new IllegalStateException(value + " is no square in the field");
        }
        return root;
    }

    private static int[] sum(int[] x, int[] y) {
        int[] z = X25519Field.create();
        X25519Field.add(x, y, z);
        X25519Field.carry(z);
        return z;
    }

    private static int[] difference(int[] x, int[] y) {
        int[] z = X25519Field.create();
        X25519Field.sub(x, y, z);
        X25519Field.carry(z);
        return z;
    }

    private static int[] product(int[] x, int[] y) {
        int[] z = X25519Field.create();
        X25519Field.mul(x, y, z);
        return z;
    }

    private static int[] squared(int[] x, int times) {
        int[] z = X25519Field.create();
        X25519Field.sqr(x, times, z);
        return z;
    }

    private static boolean isZero(int[] x) {
        int[] z = x.clone();
        X25519Field.normalize(z);
        return X25519Field.isZeroVar(z);
    }

    private static boolean areEqual(int[] x, int[] y) {
        return isZero(difference(x, y));
    }
}
