package synod.crypto;

import java.util.HexFormat;

/** The base point B of edwards25519 (RFC 8032 section 5.1), whose y is 4/5 and whose x is even. */
final class BasePoint {
    private static final int WIDTH = 8;

    /** Tables for {@link PointSum}. */
    static final OddMultiples MULTIPLES = OddMultiples.spreadAffine(point(), WIDTH);

    private BasePoint() {}

    /** A fresh copy. */
    static CurvePoint point() {
        CurvePoint point = new CurvePoint();
        byte[] encoded = HexFormat.of().parseHex("5866666666666666666666666666666666666666666666666666666666666666");
        if (!point.decodeVar(encoded, 0)) {
            throw new IllegalStateException("the base point is not on the curve");
        }
        return point;
    }
}
