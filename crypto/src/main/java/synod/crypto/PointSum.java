package synod.crypto;

import java.util.ArrayList;
import java.util.List;

/**
 * Σ sᵢ·Pᵢ, all products at once over common doublings (E. Straus, "Addition chains of vectors", 1964; D. Hankerson,
 * A. Menezes, S. Vanstone, "Guide to Elliptic Curve Cryptography", algorithm 3.51). Time depends on the scalars: for
 * public values only.
 */
final class PointSum {
    private final List<Run> runs = new ArrayList<>();
    private int length;

    /** Adds scalar times the table's point. */
    PointSum plus(Scalar scalar, OddMultiples multiples) {
        byte[] digits = scalar.signedDigitsVar(multiples.width());
        int perBlock = multiples.digitsPerBlock();
        for (int block = 0; block < multiples.blocks(); block++) {
            int from = block * perBlock;
            int end = from + perBlock;
            while (end > from && digits[end - 1] == 0) {
                end--;
            }
            if (end > from) {
                runs.add(new Run(digits, from, end - from, multiples.block(block)));
                length = Math.max(length, end - from);
            }
        }
        return this;
    }

    /** The sum. */
    CurvePoint total() {
        Run[] all = runs.toArray(new Run[0]);
        CurvePoint sum = new CurvePoint();
        for (int position = length - 1; position >= 0; position--) {
            sum.becomeDouble();
            for (Run run : all) {
                if (position < run.length) {
                    int digit = run.digits[run.from + position];
                    if (digit > 0) {
                        sum.add(run.oddMultiples[digit >> 1]);
                    } else if (digit < 0) {
                        sum.subtract(run.oddMultiples[-digit >> 1]);
                    }
                }
            }
        }
        return sum;
    }

    /** Some digits of a scalar, the lowest first, and the odd multiples of the point that they count. */
    private record Run(byte[] digits, int from, int length, Addend[] oddMultiples) {}
}
