package synod.crypto;

/**
 * What multiplies one point by scalars in non-adjacent form: its odd multiples P, 3P, 5P, … as far as a width's digits
 * reach. A table may hold them also for 2⁶⁴P, 2¹²⁸P and 2¹⁹²P: then one scalar's digits are four runs of 64, and a sum
 * takes 64 doublings in place of 256. That table costs about as much as one verification does.
 */
final class OddMultiples {
    /** Doublings between one block of the table and the next. */
    private static final int SPACING = 64;

    private final int width;
    private final Addend[][] blocks;

    private OddMultiples(int width, Addend[][] blocks) {
        this.width = width;
        this.blocks = blocks;
    }

    /** One block: for scalars that share their doublings with many others, or are multiplied once. */
    static OddMultiples of(CurvePoint point, int width) {
        return new OddMultiples(width, new Addend[][] {row(point, width)});
    }

    /** This table of the same point with the other blocks added, for a point that is multiplied again and again. */
    OddMultiples spread(CurvePoint point) {
        Addend[][] all = new Addend[Scalar.DIGITS / SPACING][];
        all[0] = blocks[0];
        CurvePoint shifted = new CurvePoint();
        shifted.set(point);
        for (int i = 1; i < all.length; i++) {
            for (int j = 0; j < SPACING; j++) {
                shifted.becomeDouble();
            }
            all[i] = row(shifted, width);
        }
        return new OddMultiples(width, all);
    }

    /** All blocks, with every multiple's Z made one: dearer to make, cheaper to add. */
    static OddMultiples spreadAffine(CurvePoint point, int width) {
        OddMultiples spread = of(point, width).spread(point);
        int perBlock = spread.blocks[0].length;
        Addend[] all = new Addend[spread.blocks.length * perBlock];
        for (int i = 0; i < spread.blocks.length; i++) {
            System.arraycopy(spread.blocks[i], 0, all, i * perBlock, perBlock);
        }
        Addend.normalize(all);
        return spread;
    }

    private static Addend[] row(CurvePoint point, int width) {
        Addend[] row = new Addend[1 << width - 2];
        CurvePoint multiple = new CurvePoint();
        multiple.set(point);
        row[0] = multiple.toAddend();
        multiple.becomeDouble();
        Addend twice = multiple.toAddend();
        multiple.set(point);
        for (int i = 1; i < row.length; i++) {
            multiple.add(twice);
            row[i] = multiple.toAddend();
        }
        return row;
    }

    int width() {
        return width;
    }

    int blocks() {
        return blocks.length;
    }

    /** The digits that one block stands for. */
    int digitsPerBlock() {
        return Scalar.DIGITS / blocks.length;
    }

    Addend[] block(int index) {
        return blocks[index];
    }
}
