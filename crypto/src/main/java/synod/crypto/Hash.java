package synod.crypto;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A 32-byte digest. Equality and order are those of the bytes, unsigned, first byte first.
 *
 * <p>Text form is plain hexadecimal of the bytes in their stored order (not reversed as in Bitcoin's displays).
 */
public final class Hash implements Comparable<Hash> {
    /** Length in bytes. */
    public static final int LENGTH = 32;

    /** Thirty-two zero bytes: "no parent", "no value". */
    public static final Hash ZERO = new Hash(new byte[LENGTH]);

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Copies a digest.
     *
     * @throws IllegalArgumentException if there are not exactly 32 bytes
     */
    public static Hash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
        }
        return new Hash(bytes.clone());
    }

    /** Takes over a 32-byte array that nobody else holds. */
    static Hash wrap(byte[] bytes) {
        return new Hash(bytes);
    }

    /**
     * Copies the digest that stands at an offset.
     *
     * @throws IndexOutOfBoundsException if fewer than 32 bytes follow
     */
    public static Hash of(byte[] bytes, int offset) {
        if (offset < 0 || bytes.length - offset < LENGTH) {
            throw new IndexOutOfBoundsException("no 32 bytes at offset " + offset + " of " + bytes.length);
        }
        return new Hash(Arrays.copyOfRange(bytes, offset, offset + LENGTH));
    }

    /**
     * Reads 64 hexadecimal digits.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Hash parse(String hex) {
        if (hex.length() != 2 * LENGTH) {
            throw new IllegalArgumentException("a hash is written with 64 hexadecimal digits, not " + hex.length());
        }
        return new Hash(HexFormat.of().parseHex(hex));
    }

    /** The bytes themselves, for this package's arithmetic: never to be changed or handed on. */
    byte[] unshared() {
        return bytes;
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Copies the 32 bytes into a buffer. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, LENGTH);
    }

    /** One bit, counted from the most significant bit of the first byte: the branch taken at that depth of a tree. */
    public boolean bit(int index) {
        return (bytes[index >>> 3] >>> (7 - (index & 7)) & 1) != 0;
    }

    @Override
    public int compareTo(Hash other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
