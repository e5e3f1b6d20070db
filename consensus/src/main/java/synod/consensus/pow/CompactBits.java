package synod.consensus.pow;

import java.math.BigInteger;
import synod.crypto.Hash;

/**
 * A target in Bitcoin's compact form: one byte of length in bytes, three bytes of mantissa, the mantissa's highest bit a
 * sign. A value of this type is always a usable target, from 1 to 2²⁵⁶ − 1, in the one form that encoding it gives.
 *
 * @param value the four bytes as they stand in a header, as an unsigned number
 */
public record CompactBits(int value) {
    private static final int TARGET_BITS = 256;
    private static final int SIGN = 0x0080_0000;
    private static final int MANTISSA = 0x007f_ffff;

    /** Refuses what is negative, zero, of more than 256 bits, or not in the canonical form. */
    public CompactBits {
        BigInteger target = decode(value);
        if (target.signum() < 0) {
            throw new IllegalArgumentException(format(value) + " is a negative target");
        }
        if (target.signum() == 0) {
            throw new IllegalArgumentException(format(value) + " is a target of zero, which no hash can meet");
        }
        if (target.bitLength() > TARGET_BITS) {
            throw new IllegalArgumentException(format(value) + " is a target of more than 256 bits");
        }
        if (encode(target) != value) {
            throw new IllegalArgumentException(
                    format(value) + " is not the canonical form of its target, " + format(encode(target)));
        }
    }

    /**
     * The compact form of a target, rounded down to what three bytes of mantissa can hold.
     *
     * @throws IllegalArgumentException if the target is not between 1 and 2²⁵⁶ − 1
     */
    public static CompactBits ofTarget(BigInteger target) {
        return new CompactBits(encode(target));
    }

    /**
     * Reads {@code 0x1d00ffff}.
     *
     * @throws IllegalArgumentException if the text is not 0x and eight hexadecimal digits, or no usable target
     */
    public static CompactBits parse(String text) {
        if (!text.matches("0x[0-9a-fA-F]{8}")) {
            throw new IllegalArgumentException("'" + text + "' is not a compact target such as 0x1d00ffff");
        }
        return new CompactBits(Integer.parseUnsignedInt(text, 2, text.length(), 16));
    }

    /** The number that a block's id, read as a little-endian number, may not exceed. */
    public BigInteger target() {
        return decode(value);
    }

    /** The target as 32 bytes, least significant first: the byte order of ids, for comparing without arithmetic. */
    public byte[] targetLittleEndian() {
        return littleEndian(target());
    }

    /** A target, from 0 to 2²⁵⁶ − 1, as 32 bytes, least significant first. */
    public static byte[] littleEndian(BigInteger target) {
        byte[] bigEndian = target.toByteArray();
        byte[] bytes = new byte[Hash.LENGTH];
        for (int i = 0; i < Math.min(bigEndian.length, Hash.LENGTH); i++) {
            bytes[i] = bigEndian[bigEndian.length - 1 - i];
        }
        return bytes;
    }

    /** Whether an id, read as a little-endian number, is at or below the target. */
    public boolean isMetBy(Hash id) {
        return number(id).compareTo(target()) <= 0;
    }

    /** The id as Bitcoin reads it: a number, least significant byte first. */
    public static BigInteger number(Hash id) {
        byte[] bytes = id.bytes();
        for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
            byte swapped = bytes[i];
            bytes[i] = bytes[j];
            bytes[j] = swapped;
        }
        return new BigInteger(1, bytes);
    }

    /** The signed number that four bytes stand for, of any size, as Bitcoin's SetCompact reads them. */
    static BigInteger decode(int bits) {
        int length = bits >>> 24;
        BigInteger mantissa = BigInteger.valueOf(bits & MANTISSA);
        BigInteger magnitude = mantissa.shiftLeft(8 * (length - 3));
        return (bits & SIGN) == 0 ? magnitude : magnitude.negate();
    }

    /** The four bytes for a signed number, its low-order bits dropped, as Bitcoin's GetCompact writes them. */
    static int encode(BigInteger number) {
        BigInteger magnitude = number.abs();
        int length = (magnitude.bitLength() + 7) / 8;
        int mantissa = magnitude.shiftRight(8 * (length - 3)).intValueExact();
        if ((mantissa & SIGN) != 0) {
            mantissa >>>= 8;
            length++;
        }
        int sign = number.signum() < 0 && mantissa != 0 ? SIGN : 0;
        return length << 24 | sign | mantissa;
    }

    private static String format(int bits) {
        return String.format("0x%08x", bits);
    }

    /** {@code 0x1d00ffff}. */
    @Override
    public String toString() {
        return format(value);
    }
}
