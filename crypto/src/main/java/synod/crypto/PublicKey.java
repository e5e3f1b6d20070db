package synod.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 public key (RFC 8032), checked when made: canonical encoding, on the curve, in the prime-order subgroup.
 *
 * <p>Verification is the strict one and the only one that consensus uses: small-order and non-canonical points and a
 * scalar S at or above the group order are refused. Libraries differ on these edges (the JDK's provider accepts
 * small-order keys), so two of them in one network could disagree about a block.
 */
public final class PublicKey implements Comparable<PublicKey> {
    /** Length in bytes. */
    public static final int LENGTH = Ed25519.PUBLIC_KEY_SIZE;

    private final byte[] bytes;

    private PublicKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Copies and checks a key.
     *
     * @throws IllegalArgumentException if there are not 32 bytes, or they are no canonical point of the prime-order
     *     subgroup
     */
    public static PublicKey of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a public key has 32 bytes, not " + bytes.length);
        }
        if (!Ed25519.validatePublicKeyFull(bytes, 0)) {
            throw new IllegalArgumentException("not a canonical Ed25519 point of prime order: "
                    + HexFormat.of().formatHex(bytes));
        }
        return new PublicKey(bytes.clone());
    }

    /** Whether this key made the signature over exactly this message. */
    public boolean verifies(byte[] message, Signature signature) {
        return Ed25519.verify(signature.bytes(), 0, bytes, 0, message, 0, message.length);
    }

    /** A copy of the 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public int compareTo(PublicKey other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicKey that && Arrays.equals(bytes, that.bytes);
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
