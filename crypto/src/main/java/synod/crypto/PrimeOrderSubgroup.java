package synod.crypto;

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
    private static final FieldElement ONE = FieldElement.of(1);
    private static final FieldElement A = FieldElement.of(486662);
    private static final FieldElement C = rootOfAPlusTwo();
    private static final FieldElement QUARTER_POWER_OF_TWO = quarterPowerOfTwo();
    private static final int ENCODED_LENGTH = 32;

    private PrimeOrderSubgroup() {}

    /**
     * Whether the 32 bytes at the offset are the canonical encoding (RFC 8032 section 5.1.2) of a point of order L; the
     * neutral element is not.
     */
    static boolean containsVar(byte[] encoded, int offset) {
        if (!isCanonical(encoded, offset)) {
            return false;
        }
        FieldElement y = new FieldElement().decode(encoded, offset);
        FieldElement numerator = sum(ONE, y);
        FieldElement denominator = difference(ONE, y);
        if (numerator.isZeroVar() || denominator.isZeroVar()) {
            return false;
        }

        FieldElement w = new FieldElement();
        if (!w.setRootOfRatioVar(numerator, denominator)) {
            return false;
        }
        FieldElement u = product(w, w);

        FieldElement g = sum(product(u, sum(u, A)), ONE);
        if (!g.setRootOfRatioVar(g, ONE)) {
            return false;
        }

        FieldElement middle = sum(A, sum(u, u));
        FieldElement x = product(sum(middle, sum(g, g)), ONE);
        FieldElement r = new FieldElement();
        if (!r.setRootOfRatioVar(x, ONE)) {
            x = product(difference(middle, sum(g, g)), ONE);
            if (!r.setRootOfRatioVar(x, ONE)) {
                throw new IllegalStateException("neither point above a doubled point is a square");
            }
        }

        // Twice s rather than s: two would need an inverse, and twice the function is tested against twice a fourth
        // power below.
        FieldElement wr = product(w, r);
        FieldElement twiceS = product(sum(difference(x, A), sum(wr, wr)), ONE);
        FieldElement line = difference(r, C);
        FieldElement power = new FieldElement();
        power.setQuarterPower(product(twiceS, product(line, line)));
        return power.equalsVar(QUARTER_POWER_OF_TWO);
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

    private static FieldElement rootOfAPlusTwo() {
        FieldElement root = new FieldElement();
        if (!root.setRootOfRatioVar(sum(A, FieldElement.of(2)), ONE)) {
            throw new IllegalStateException("A + 2 is no square in the field");
        }
        return root;
    }

    private static FieldElement quarterPowerOfTwo() {
        FieldElement power = new FieldElement();
        power.setQuarterPower(FieldElement.of(2));
        return power;
    }

    private static FieldElement sum(FieldElement a, FieldElement b) {
        FieldElement sum = new FieldElement();
        sum.setSum(a, b);
        return sum;
    }

    private static FieldElement difference(FieldElement a, FieldElement b) {
        FieldElement difference = new FieldElement();
        difference.setDifference(a, b);
        return difference;
    }

    /** Also what brings the limbs of a sum back to size, with one as a factor. */
    private static FieldElement product(FieldElement a, FieldElement b) {
        FieldElement product = new FieldElement();
        product.setProduct(a, b);
        return product;
    }
}
