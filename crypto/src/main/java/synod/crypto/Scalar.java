package synod.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/**
 * A number modulo L = 2²⁵² + 27742317777372353535851937790883648493, the order of edwards25519's base point (RFC 8032
 * section 5.1), as eight words of 32 bits, least significant first. Immutable, always below L.
 *
 * <p>Reduction is P. Barrett's (A. Menezes, P. van Oorschot, S. Vanstone, "Handbook of Applied Cryptography", algorithm
 * 14.42, with base 2³²). Arithmetic takes no branch and no index from a value, so that it may serve for secrets;
 * {@link #isCanonicalVar} and {@link #signedDigitsVar} may not.
 */
final class Scalar {
    static final int ENCODED_LENGTH = 32;

    /** How many digits {@link #signedDigitsVar} fills. */
    static final int DIGITS = 256;

    private static final int WORDS = 8;
    private static final long WORD_MASK = 0xffff_ffffL;
    private static final BigInteger ORDER =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final int[] L = words(ORDER, WORDS + 1);
    private static final int[] MU = words(BigInteger.TWO.pow(512).divide(ORDER), WORDS + 1);
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    static final Scalar ZERO = new Scalar(new int[WORDS]);

    private final int[] words;

    private Scalar(int[] words) {
        this.words = words;
    }

    private static int[] words(BigInteger value, int length) {
        int[] words = new int[length];
        for (int i = 0; i < length; i++) {
            words[i] = value.shiftRight(32 * i).intValue();
        }
        return words;
    }

    /** Reads 16, 32 or 64 bytes, least significant first, and reduces them. */
    static Scalar reduce(byte[] bytes, int offset, int length) {
        int[] wide = new int[2 * WORDS];
        for (int i = 0; i < length / 4; i++) {
            wide[i] = (int) WORD.get(bytes, offset + 4 * i);
        }
        return new Scalar(reduced(wide));
    }

    /** Whether the 32 bytes at the offset are a number below L. */
    static boolean isCanonicalVar(byte[] bytes, int offset) {
        for (int i = WORDS - 1; i >= 0; i--) {
            int order = Integer.compareUnsigned((int) WORD.get(bytes, offset + 4 * i), L[i]);
            if (order != 0) {
                return order < 0;
            }
        }
        return false;
    }

    Scalar times(Scalar other) {
        return new Scalar(reduced(product(words, other.words)));
    }

    Scalar plus(Scalar other) {
        int[] wide = new int[2 * WORDS];
        long carry = 0;
        for (int i = 0; i < WORDS; i++) {
            carry += (words[i] & WORD_MASK) + (other.words[i] & WORD_MASK);
            wide[i] = (int) carry;
            carry >>>= 32;
        }
        return new Scalar(reduced(wide));
    }

    Scalar negated() {
        int[] wide = new int[2 * WORDS];
        long borrow = 0;
        for (int i = 0; i < WORDS; i++) {
            borrow += (L[i] & WORD_MASK) - (words[i] & WORD_MASK);
            wide[i] = (int) borrow;
            borrow >>= 32;
        }
        return new Scalar(reduced(wide));
    }

    private static int[] product(int[] a, int[] b) {
        int[] product = new int[a.length + b.length];
        for (int i = 0; i < a.length; i++) {
            long carry = 0;
            for (int j = 0; j < b.length; j++) {
                carry += (a[i] & WORD_MASK) * (b[j] & WORD_MASK) + (product[i + j] & WORD_MASK);
                product[i + j] = (int) carry;
                carry >>>= 32;
            }
            product[i + b.length] = (int) carry;
        }
        return product;
    }

    private static int[] reduced(int[] wide) {
        int[] upper = new int[WORDS + 1];
        System.arraycopy(wide, WORDS - 1, upper, 0, upper.length);
        int[] quotient = new int[WORDS + 1];
        System.arraycopy(product(upper, MU), WORDS + 1, quotient, 0, quotient.length);
        int[] multiple = product(quotient, L);

        // What is left is below 3L and fits nine words: what lies above them cancels out.
        int[] rest = new int[WORDS + 1];
        long borrow = 0;
        for (int i = 0; i <= WORDS; i++) {
            borrow += (wide[i] & WORD_MASK) - (multiple[i] & WORD_MASK);
            rest[i] = (int) borrow;
            borrow >>= 32;
        }
        subtractOrderIfNotBelow(rest);
        subtractOrderIfNotBelow(rest);
        int[] words = new int[WORDS];
        System.arraycopy(rest, 0, words, 0, WORDS);
        return words;
    }

    private static void subtractOrderIfNotBelow(int[] value) {
        int[] less = new int[value.length];
        long borrow = 0;
        for (int i = 0; i < value.length; i++) {
            borrow += (value[i] & WORD_MASK) - (L[i] & WORD_MASK);
            less[i] = (int) borrow;
            borrow >>= 32;
        }
        int keep = (int) borrow;
        for (int i = 0; i < value.length; i++) {
            value[i] = less[i] ^ (keep & (less[i] ^ value[i]));
        }
    }

    /** The 32 bytes, least significant first. */
    byte[] encode() {
        byte[] bytes = new byte[ENCODED_LENGTH];
        for (int i = 0; i < WORDS; i++) {
            WORD.set(bytes, 4 * i, words[i]);
        }
        return bytes;
    }

    /** The number's digits in base 16 from −8 to 8, least significant first: Σ dᵢ·16ⁱ, 64 of them. */
    byte[] signedNibbles() {
        byte[] digits = new byte[2 * ENCODED_LENGTH];
        int carry = 0;
        for (int i = 0; i < digits.length; i++) {
            int nibble = (words[i >>> 3] >>> 4 * (i & 7) & 15) + carry;
            carry = nibble + 8 >>> 4;
            digits[i] = (byte) (nibble - (carry << 4));
        }
        return digits;
    }

    /**
     * The number's non-adjacent form of a width from 2 to 8: Σ dᵢ·2ⁱ, each digit zero or odd and below 2ʷ⁻¹ in magnitude,
     * with at least width − 1 zeros after each digit that is not (D. Hankerson, A. Menezes, S. Vanstone, "Guide to
     * Elliptic Curve Cryptography", algorithm 3.35).
     */
    byte[] signedDigitsVar(int width) {
        byte[] digits = new byte[DIGITS];
        int carry = 0;
        int position = 0;
        while (position < DIGITS) {
            int window = bitsFrom(position, width) + carry;
            if ((window & 1) == 0) {
                position++;
                continue;
            }
            carry = window >>> width - 1;
            digits[position] = (byte) (window - (carry << width));
            position += width;
        }
        return digits;
    }

    private int bitsFrom(int position, int count) {
        int index = position >>> 5;
        long pair = words[index] & WORD_MASK | (index + 1 < WORDS ? (long) words[index + 1] << 32 : 0);
        return (int) (pair >>> (position & 31)) & (1 << count) - 1;
    }
}
