package synod.crypto;

/**
 * A point prepared for being added often: Y + X, Y − X, 2d·T and 2Z, which spares each addition two products (H. Hisil,
 * K. Wong, G. Carter, E. Dawson, "Twisted Edwards Curves Revisited", section 3.1).
 */
final class Addend {
    final FieldElement yPlusX = new FieldElement();
    final FieldElement yMinusX = new FieldElement();
    final FieldElement twiceDT = new FieldElement();
    final FieldElement twiceZ = new FieldElement();

    private boolean isAffine;

    /** The neutral element. */
    static Addend neutral() {
        return new CurvePoint().toAddend();
    }

    /** Writes 2·z·z', z' being this point's; one product less if that is one. */
    void multiplyByTwiceZ(FieldElement target, FieldElement z) {
        if (isAffine) {
            target.setSum(z, z);
        } else {
            target.setProduct(z, twiceZ);
        }
    }

    /** Takes over another where the mask is −1, and stays where it is 0. Both have a Z of their own. */
    void setIf(long mask, Addend other) {
        yPlusX.setIf(mask, other.yPlusX);
        yMinusX.setIf(mask, other.yMinusX);
        twiceDT.setIf(mask, other.twiceDT);
        twiceZ.setIf(mask, other.twiceZ);
    }

    /** Becomes its negative where the mask is −1. */
    void negateIf(long mask) {
        FieldElement plus = new FieldElement();
        plus.set(yPlusX);
        yPlusX.setIf(mask, yMinusX);
        yMinusX.setIf(mask, plus);
        FieldElement negative = new FieldElement();
        negative.setNegation(twiceDT);
        twiceDT.setIf(mask, negative);
    }

    /**
     * Divides all by their Z, with one inversion for the whole array (P. Montgomery, "Speeding the Pollard and Elliptic
     * Curve Methods of Factorization", section 10.3.1).
     */
    static void normalize(Addend[] addends) {
        FieldElement[] products = new FieldElement[addends.length + 1];
        products[0] = FieldElement.of(1);
        for (int i = 0; i < addends.length; i++) {
            products[i + 1] = new FieldElement();
            products[i + 1].setProduct(products[i], addends[i].twiceZ);
        }
        FieldElement inverse = new FieldElement();
        inverse.setInverse(products[addends.length]);
        FieldElement factor = new FieldElement();
        for (int i = addends.length - 1; i >= 0; i--) {
            Addend addend = addends[i];
            factor.setProduct(inverse, products[i]);
            factor.setSum(factor, factor);
            inverse.setProduct(inverse, addend.twiceZ);
            addend.yPlusX.setProduct(addend.yPlusX, factor);
            addend.yMinusX.setProduct(addend.yMinusX, factor);
            addend.twiceDT.setProduct(addend.twiceDT, factor);
            addend.twiceZ.set(2);
            addend.isAffine = true;
        }
    }
}
