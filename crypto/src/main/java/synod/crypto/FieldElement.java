package synod.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A number modulo p = 2²⁵⁵ − 19, the field of edwards25519 (RFC 8032 section 5.1), in five signed limbs of 51 bits: the
 * value is Σ lᵢ·2⁵¹ⁱ. A number has many representations. Products have limbs just above 51 bits at most; sums and
 * differences carry nothing, so that a few of them may stand between two products: a factor's limbs must stay below
 * 2⁵³ in magnitude, which each caller answers for.
 *
 * <p>Mutable, and written to by the set methods, whose arguments may be the element itself: verification creates as
 * little garbage as it can. No branch and no array index depends on a value, except where a method's name ends in Var.
 *
 * <p>The product of two limbs is split at 51 bits and not at 64: {@code multiplyHigh(a << 6, b << 7)} is the floor of
 * ab/2⁵¹. The low parts of a column are summed modulo 2⁶⁴, together with the high parts they tell the exact sum, and no
 * addition needs a carry.
 */
final class FieldElement {
    static final int ENCODED_LENGTH = 32;

    private static final long MASK = (1L << 51) - 1;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** A square root of −1. */
    private static final FieldElement ROOT_OF_MINUS_ONE = rootOfMinusOne();

    private long l0;
    private long l1;
    private long l2;
    private long l3;
    private long l4;

    /** Zero. */
    FieldElement() {}

    /** A small number of either sign. */
    static FieldElement of(int value) {
        FieldElement element = new FieldElement();
        element.l0 = value;
        return element;
    }

    /** Reads 255 bits, least significant byte first, and leaves the topmost bit of the 32 bytes aside. */
    FieldElement decode(byte[] bytes, int offset) {
        long w0 = (long) WORD.get(bytes, offset);
        long w1 = (long) WORD.get(bytes, offset + 8);
        long w2 = (long) WORD.get(bytes, offset + 16);
        long w3 = (long) WORD.get(bytes, offset + 24);
        l0 = w0 & MASK;
        l1 = (w0 >>> 51 | w1 << 13) & MASK;
        l2 = (w1 >>> 38 | w2 << 26) & MASK;
        l3 = (w2 >>> 25 | w3 << 39) & MASK;
        l4 = w3 >>> 12 & MASK;
        return this;
    }

    /** Writes the 32 bytes of the representative below p. */
    void encode(byte[] bytes, int offset) {
        normalize();
        WORD.set(bytes, offset, l0 | l1 << 51);
        WORD.set(bytes, offset + 8, l1 >>> 13 | l2 << 38);
        WORD.set(bytes, offset + 16, l2 >>> 26 | l3 << 25);
        WORD.set(bytes, offset + 24, l3 >>> 39 | l4 << 12);
    }

    /** Brings the limbs into the one representation below p. */
    private void normalize() {
        // Sixteen times p makes every limb positive, whatever sums and differences came before.
        long r0 = l0 + 16 * (MASK - 18);
        long r1 = l1 + 16 * MASK + (r0 >> 51);
        long r2 = l2 + 16 * MASK + (r1 >> 51);
        long r3 = l3 + 16 * MASK + (r2 >> 51);
        long r4 = l4 + 16 * MASK + (r3 >> 51);
        r0 = (r0 & MASK) + 19 * (r4 >> 51);
        r1 &= MASK;
        r2 &= MASK;
        r3 &= MASK;
        r4 &= MASK;
        // Now below 2p: one p too many exactly if adding 19 reaches 2²⁵⁵.
        long over = r0 + 19 >> 51;
        over = r1 + over >> 51;
        over = r2 + over >> 51;
        over = r3 + over >> 51;
        over = r4 + over >> 51;
        r0 += 19 * over;
        r1 += r0 >> 51;
        r2 += r1 >> 51;
        r3 += r2 >> 51;
        r4 += r3 >> 51;
        l0 = r0 & MASK;
        l1 = r1 & MASK;
        l2 = r2 & MASK;
        l3 = r3 & MASK;
        l4 = r4 & MASK;
    }

    void set(FieldElement a) {
        l0 = a.l0;
        l1 = a.l1;
        l2 = a.l2;
        l3 = a.l3;
        l4 = a.l4;
    }

    void set(int value) {
        l0 = value;
        l1 = 0;
        l2 = 0;
        l3 = 0;
        l4 = 0;
    }

    /** Takes over a where the mask is −1, and stays where it is 0. */
    void setIf(long mask, FieldElement a) {
        l0 ^= mask & (l0 ^ a.l0);
        l1 ^= mask & (l1 ^ a.l1);
        l2 ^= mask & (l2 ^ a.l2);
        l3 ^= mask & (l3 ^ a.l3);
        l4 ^= mask & (l4 ^ a.l4);
    }

    void setSum(FieldElement a, FieldElement b) {
        l0 = a.l0 + b.l0;
        l1 = a.l1 + b.l1;
        l2 = a.l2 + b.l2;
        l3 = a.l3 + b.l3;
        l4 = a.l4 + b.l4;
    }

    void setDifference(FieldElement a, FieldElement b) {
        l0 = a.l0 - b.l0;
        l1 = a.l1 - b.l1;
        l2 = a.l2 - b.l2;
        l3 = a.l3 - b.l3;
        l4 = a.l4 - b.l4;
    }

    void setNegation(FieldElement a) {
        l0 = -a.l0;
        l1 = -a.l1;
        l2 = -a.l2;
        l3 = -a.l3;
        l4 = -a.l4;
    }

    void setProduct(FieldElement a, FieldElement b) {
        long a0 = a.l0;
        long a1 = a.l1;
        long a2 = a.l2;
        long a3 = a.l3;
        long a4 = a.l4;
        long b0 = b.l0;
        long b1 = b.l1;
        long b2 = b.l2;
        long b3 = b.l3;
        long b4 = b.l4;
        long s0 = a0 << 6;
        long s1 = a1 << 6;
        long s2 = a2 << 6;
        long s3 = a3 << 6;
        long s4 = a4 << 6;
        long t0 = b0 << 7;
        long t1 = b1 << 7;
        long t2 = b2 << 7;
        long t3 = b3 << 7;
        long t4 = b4 << 7;

        // Column k: the high parts of all aᵢbⱼ with i + j = k, then what is left for the low parts.
        long h0 = Math.multiplyHigh(s0, t0);
        long c0 = a0 * b0 - (h0 << 51);
        long h1 = Math.multiplyHigh(s0, t1) + Math.multiplyHigh(s1, t0);
        long c1 = a0 * b1 + a1 * b0 - (h1 << 51) + h0;
        long h2 = Math.multiplyHigh(s0, t2) + Math.multiplyHigh(s1, t1) + Math.multiplyHigh(s2, t0);
        long c2 = a0 * b2 + a1 * b1 + a2 * b0 - (h2 << 51) + h1;
        long h3 = Math.multiplyHigh(s0, t3)
                + Math.multiplyHigh(s1, t2)
                + Math.multiplyHigh(s2, t1)
                + Math.multiplyHigh(s3, t0);
        long c3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 - (h3 << 51) + h2;
        long h4 = Math.multiplyHigh(s0, t4)
                + Math.multiplyHigh(s1, t3)
                + Math.multiplyHigh(s2, t2)
                + Math.multiplyHigh(s3, t1)
                + Math.multiplyHigh(s4, t0);
        long c4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0 - (h4 << 51) + h3;
        long h5 = Math.multiplyHigh(s1, t4)
                + Math.multiplyHigh(s2, t3)
                + Math.multiplyHigh(s3, t2)
                + Math.multiplyHigh(s4, t1);
        long c5 = a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 - (h5 << 51) + h4;
        long h6 = Math.multiplyHigh(s2, t4) + Math.multiplyHigh(s3, t3) + Math.multiplyHigh(s4, t2);
        long c6 = a2 * b4 + a3 * b3 + a4 * b2 - (h6 << 51) + h5;
        long h7 = Math.multiplyHigh(s3, t4) + Math.multiplyHigh(s4, t3);
        long c7 = a3 * b4 + a4 * b3 - (h7 << 51) + h6;
        long h8 = Math.multiplyHigh(s4, t4);
        long c8 = a4 * b4 - (h8 << 51) + h7;
        carry(c0 + 19 * c5, c1 + 19 * c6, c2 + 19 * c7, c3 + 19 * c8, c4 + 19 * h8);
    }

    void setSquare(FieldElement a) {
        setSquare(a, 1);
    }

    /** Squares as often as said: a to the power 2ᵗⁱᵐᵉˢ. */
    void setSquare(FieldElement a, int times) {
        long a0 = a.l0;
        long a1 = a.l1;
        long a2 = a.l2;
        long a3 = a.l3;
        long a4 = a.l4;
        for (int i = 0; i < times; i++) {
            long s0 = a0 << 6;
            long s1 = a1 << 6;
            long s2 = a2 << 6;
            long s3 = a3 << 6;
            long t1 = a1 << 8;
            long t2 = a2 << 8;
            long t3 = a3 << 8;
            long t4 = a4 << 8;
            long d0 = a0 << 1;
            long d1 = a1 << 1;
            long d2 = a2 << 1;
            long d3 = a3 << 1;

            long h0 = Math.multiplyHigh(s0, a0 << 7);
            long c0 = a0 * a0 - (h0 << 51);
            long h1 = Math.multiplyHigh(s0, t1);
            long c1 = d0 * a1 - (h1 << 51) + h0;
            long h2 = Math.multiplyHigh(s0, t2) + Math.multiplyHigh(s1, a1 << 7);
            long c2 = d0 * a2 + a1 * a1 - (h2 << 51) + h1;
            long h3 = Math.multiplyHigh(s0, t3) + Math.multiplyHigh(s1, t2);
            long c3 = d0 * a3 + d1 * a2 - (h3 << 51) + h2;
            long h4 = Math.multiplyHigh(s0, t4) + Math.multiplyHigh(s1, t3) + Math.multiplyHigh(s2, a2 << 7);
            long c4 = d0 * a4 + d1 * a3 + a2 * a2 - (h4 << 51) + h3;
            long h5 = Math.multiplyHigh(s1, t4) + Math.multiplyHigh(s2, t3);
            long c5 = d1 * a4 + d2 * a3 - (h5 << 51) + h4;
            long h6 = Math.multiplyHigh(s2, t4) + Math.multiplyHigh(s3, a3 << 7);
            long c6 = d2 * a4 + a3 * a3 - (h6 << 51) + h5;
            long h7 = Math.multiplyHigh(s3, t4);
            long c7 = d3 * a4 - (h7 << 51) + h6;
            long h8 = Math.multiplyHigh(a4 << 6, a4 << 7);
            long c8 = a4 * a4 - (h8 << 51) + h7;

            c0 += 19 * c5;
            c1 += 19 * c6;
            c2 += 19 * c7;
            c3 += 19 * c8;
            c4 += 19 * h8;
            a0 = (c0 & MASK) + 19 * (c4 >> 51);
            a1 = (c1 & MASK) + (c0 >> 51);
            a2 = (c2 & MASK) + (c1 >> 51);
            a3 = (c3 & MASK) + (c2 >> 51);
            a4 = (c4 & MASK) + (c3 >> 51);
        }
        l0 = a0;
        l1 = a1;
        l2 = a2;
        l3 = a3;
        l4 = a4;
    }

    /** Every limb hands its upper bits, at most twelve and a sign, to the next at once. */
    private void carry(long c0, long c1, long c2, long c3, long c4) {
        l0 = (c0 & MASK) + 19 * (c4 >> 51);
        l1 = (c1 & MASK) + (c0 >> 51);
        l2 = (c2 & MASK) + (c1 >> 51);
        l3 = (c3 & MASK) + (c2 >> 51);
        l4 = (c4 & MASK) + (c3 >> 51);
    }

    /** a to the power p − 2 (Fermat); zero of zero. */
    void setInverse(FieldElement a) {
        FieldElement x = new FieldElement();
        x.set(a);
        FieldElement x3 = product(power(x, 1), x);
        FieldElement x250 = powerOfTwo250LessOne(x, x3);
        setSquare(x250, 2);
        setProduct(this, x);
        setSquare(this, 3);
        setProduct(this, x3);
    }

    /**
     * The root of u/v as in RFC 8032 section 5.1.3: r = u·v³·(u·v⁷)^((p−5)/8), times a root of −1 if v·r² = −u.
     *
     * @return whether there is a root; if not, this element is left at no value in particular
     */
    boolean setRootOfRatioVar(FieldElement u, FieldElement v) {
        FieldElement v3 = product(power(v, 1), v);
        FieldElement uv3 = product(u, v3);
        FieldElement uv7 = product(uv3, power(power(v, 1), 1));
        FieldElement x250 = powerOfTwo250LessOne(uv7, product(power(uv7, 1), uv7));
        FieldElement root = product(power(x250, 2), uv7);
        root.setProduct(root, uv3);
        FieldElement check = product(power(root, 1), v);
        if (check.equalsVar(u)) {
            set(root);
            return true;
        }
        check.setSum(check, u);
        setProduct(root, ROOT_OF_MINUS_ONE);
        return check.isZeroVar();
    }

    /** x to the power 2²⁵⁰ − 1, given x³. */
    private static FieldElement powerOfTwo250LessOne(FieldElement x, FieldElement x3) {
        FieldElement ones4 = product(power(x3, 2), x3);
        FieldElement ones5 = product(power(ones4, 1), x);
        FieldElement ones10 = product(power(ones5, 5), ones5);
        FieldElement ones20 = product(power(ones10, 10), ones10);
        FieldElement ones40 = product(power(ones20, 20), ones20);
        FieldElement ones50 = product(power(ones40, 10), ones10);
        FieldElement ones100 = product(power(ones50, 50), ones50);
        FieldElement ones200 = product(power(ones100, 100), ones100);
        return product(power(ones200, 50), ones50);
    }

    private static FieldElement product(FieldElement a, FieldElement b) {
        FieldElement product = new FieldElement();
        product.setProduct(a, b);
        return product;
    }

    private static FieldElement power(FieldElement a, int squarings) {
        FieldElement power = new FieldElement();
        power.setSquare(a, squarings);
        return power;
    }

    /** a to the power (p − 1)/4 = 2²⁵³ − 5, which is one exactly for fourth powers other than zero. */
    void setQuarterPower(FieldElement a) {
        FieldElement x3 = product(power(a, 1), a);
        FieldElement x250 = powerOfTwo250LessOne(a, x3);
        setSquare(x250, 3);
        setProduct(this, x3);
    }

    /** A quarter power of two, which is no square. */
    private static FieldElement rootOfMinusOne() {
        FieldElement root = new FieldElement();
        root.setQuarterPower(of(2));
        return root;
    }

    boolean isZeroVar() {
        FieldElement copy = new FieldElement();
        copy.set(this);
        copy.normalize();
        return (copy.l0 | copy.l1 | copy.l2 | copy.l3 | copy.l4) == 0;
    }

    boolean equalsVar(FieldElement other) {
        FieldElement difference = new FieldElement();
        difference.setDifference(this, other);
        return difference.isZeroVar();
    }

    /** The least significant bit of the representative below p: RFC 8032's sign. */
    int sign() {
        FieldElement copy = new FieldElement();
        copy.set(this);
        copy.normalize();
        return (int) copy.l0 & 1;
    }
}
