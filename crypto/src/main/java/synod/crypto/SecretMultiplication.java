package synod.crypto;

/**
 * Multiplies a point by a secret scalar: 64 signed digits of four bits, for each four doublings and one addition of an
 * entry that is picked by reading the whole table under masks (the fixed window of D. Bernstein, N. Duif, T. Lange,
 * P. Schwabe, B. Yang, "High-speed high-security signatures", section 4). The additions have no exceptional cases.
 *
 * <p>So the operations carried out, and the addresses read, are the same for every scalar and point. Java promises
 * nothing of what a compiler makes of them, nor can it erase what it used: this keeps secrets from who measures times
 * over a network, not from who measures inside the machine.
 */
final class SecretMultiplication {
    private static final int LARGEST = 8;

    private SecretMultiplication() {}

    static CurvePoint of(Scalar scalar, CurvePoint point) {
        Addend[] multiples = new Addend[LARGEST];
        CurvePoint multiple = new CurvePoint();
        Addend once = point.toAddend();
        for (int i = 0; i < LARGEST; i++) {
            multiple.add(once);
            multiples[i] = multiple.toAddend();
        }
        byte[] digits = scalar.signedNibbles();
        CurvePoint product = new CurvePoint();
        for (int i = digits.length - 1; i >= 0; i--) {
            for (int doubling = 0; doubling < 4; doubling++) {
                product.becomeDouble();
            }
            product.add(pick(multiples, digits[i]));
        }
        return product;
    }

    private static Addend pick(Addend[] multiples, int digit) {
        int sign = digit >> 31;
        int magnitude = (digit ^ sign) - sign;
        Addend picked = Addend.neutral();
        for (int i = 0; i < LARGEST; i++) {
            // All ones exactly where the difference is zero.
            int difference = magnitude ^ i + 1;
            picked.setIf(difference - 1 >> 31, multiples[i]);
        }
        picked.negateIf(sign);
        return picked;
    }
}
