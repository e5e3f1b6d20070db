package synod.crypto;

/**
 * A point of edwards25519, −x² + y² = 1 + d·x²·y² (RFC 8032 section 5.1), in extended projective coordinates: x = X/Z,
 * y = Y/Z, xy = T/Z with T kept as two factors E and H, because half of the time nobody asks for their product. The
 * formulas are those of H. Hisil, K. Wong, G. Carter, E. Dawson, "Twisted Edwards Curves Revisited" (ASIACRYPT 2008),
 * sections 3.1 and 3.3; d is no square, so they hold for any two points, equal, opposite or neutral.
 *
 * <p>Mutable: an accumulator. No branch and no array index depends on the point, except where a name ends in Var.
 */
final class CurvePoint {
    /** d = −121665/121666. */
    private static final FieldElement D = curveConstant();

    private static final FieldElement TWICE_D = twice(D);

    private final FieldElement x = new FieldElement();
    private final FieldElement y = new FieldElement();
    private final FieldElement z = new FieldElement();
    private final FieldElement e = new FieldElement();
    private final FieldElement h = new FieldElement();

    private final FieldElement a = new FieldElement();
    private final FieldElement b = new FieldElement();
    private final FieldElement f = new FieldElement();
    private final FieldElement g = new FieldElement();

    /** The neutral element (0, 1). */
    CurvePoint() {
        y.set(1);
        z.set(1);
        h.set(1);
    }

    private static FieldElement curveConstant() {
        FieldElement d = new FieldElement();
        d.setInverse(FieldElement.of(121666));
        d.setProduct(d, FieldElement.of(-121665));
        return d;
    }

    private static FieldElement twice(FieldElement value) {
        FieldElement twice = new FieldElement();
        twice.setSum(value, value);
        return twice;
    }

    void set(CurvePoint other) {
        x.set(other.x);
        y.set(other.y);
        z.set(other.z);
        e.set(other.e);
        h.set(other.h);
    }

    /**
     * Reads a point from 32 bytes (RFC 8032 section 5.1.3). Only canonical encodings are points here.
     *
     * @return whether they are one; if not, this point is left at no value in particular
     */
    boolean decodeVar(byte[] bytes, int offset) {
        if (!PrimeOrderSubgroup.isCanonical(bytes, offset)) {
            return false;
        }
        y.decode(bytes, offset);
        z.set(1);
        a.setSquare(y);
        b.setProduct(a, D);
        a.setDifference(a, z);
        b.setSum(b, z);
        if (!x.setRootOfRatioVar(a, b)) {
            return false;
        }
        int sign = bytes[offset + FieldElement.ENCODED_LENGTH - 1] >>> 7 & 1;
        if (x.sign() != sign) {
            if (x.isZeroVar()) {
                return false;
            }
            x.setNegation(x);
        }
        e.set(x);
        h.set(y);
        return true;
    }

    /** The canonical encoding (RFC 8032 section 5.1.2). */
    byte[] encode() {
        a.setInverse(z);
        b.setProduct(x, a);
        f.setProduct(y, a);
        byte[] bytes = new byte[FieldElement.ENCODED_LENGTH];
        f.encode(bytes, 0);
        bytes[FieldElement.ENCODED_LENGTH - 1] |= (byte) (b.sign() << 7);
        return bytes;
    }

    boolean isNeutralVar() {
        return x.isZeroVar() && y.equalsVar(z);
    }

    /** Replaces (x, y) by (−x, y). */
    void becomeNegative() {
        x.setNegation(x);
        e.setNegation(e);
    }

    /** Replaces the point by its double (the paper's section 3.3, with a = −1). */
    void becomeDouble() {
        a.setSquare(x);
        b.setSquare(y);
        f.setSum(x, y);
        e.setSquare(f);
        h.setSum(a, b);
        e.setDifference(e, h);
        h.setNegation(h);
        g.setDifference(b, a);
        f.setSquare(z);
        f.setSum(f, f);
        f.setDifference(g, f);
        becomeProduct();
    }

    /** Replaces the point by eight times itself, which takes every component of small order away. */
    void becomeCofactorMultiple() {
        becomeDouble();
        becomeDouble();
        becomeDouble();
    }

    /** Adds a point (the paper's section 3.1). */
    void add(Addend other) {
        prepare(other);
        a.setProduct(a, other.yMinusX);
        b.setProduct(b, other.yPlusX);
        f.setDifference(g, e);
        g.setSum(g, e);
        finishSum();
    }

    /** Subtracts a point: adds (−x, y). */
    void subtract(Addend other) {
        prepare(other);
        a.setProduct(a, other.yPlusX);
        b.setProduct(b, other.yMinusX);
        f.setSum(g, e);
        g.setDifference(g, e);
        finishSum();
    }

    /** Leaves y − x, y + x, 2d·t·t' and 2·z·z'. */
    private void prepare(Addend other) {
        e.setProduct(e, h);
        e.setProduct(e, other.twiceDT);
        a.setDifference(y, x);
        b.setSum(y, x);
        other.multiplyByTwiceZ(g, z);
    }

    private void finishSum() {
        e.setDifference(b, a);
        h.setSum(b, a);
        becomeProduct();
    }

    private void becomeProduct() {
        x.setProduct(e, f);
        y.setProduct(g, h);
        z.setProduct(f, g);
    }

    /** The point as something to add to others. */
    Addend toAddend() {
        Addend addend = new Addend();
        addend.yPlusX.setSum(y, x);
        addend.yMinusX.setDifference(y, x);
        addend.twiceDT.setProduct(e, h);
        addend.twiceDT.setProduct(addend.twiceDT, TWICE_D);
        addend.twiceZ.setSum(z, z);
        return addend;
    }
}
