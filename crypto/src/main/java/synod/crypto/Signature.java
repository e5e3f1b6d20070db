package synod.crypto;

import java.util.Arrays;
import java.util.HexFormat;

/** An Ed25519 signature: 64 bytes, R then S (RFC 8032 section 5.1.6). Whether it is valid only a key can say. */
public final class Signature {
    /** Length in bytes. */
    public static final int LENGTH = 64;

    private final byte[] bytes;

    private Signature(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Copies a signature.
     *
     * @throws IllegalArgumentException if there are not exactly 64 bytes
     */
    public static Signature of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a signature has 64 bytes, not " + bytes.length);
        }
        return new Signature(bytes.clone());
    }

    /** Takes over a 64-byte array that nobody else holds. */
    static Signature wrap(byte[] bytes) {
        return new Signature(bytes);
    }

    /** The bytes themselves, for verification: never to be changed or handed on. */
    byte[] unshared() {
        return bytes;
    }

    /** A copy of the 64 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Signature that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
