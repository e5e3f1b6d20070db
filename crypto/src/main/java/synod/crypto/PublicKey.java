package synod.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 public key (RFC 8032): 32 bytes, the encoding of a curve point A.
 *
 * <p>A signature (R, S) over M is valid if and only if
 *
 * <ul>
 *   <li>A is the canonical encoding of a point of prime order (of neither small nor mixed order, not neutral),
 *   <li>R is the canonical encoding of a curve point that is not of small order,
 *   <li>S is below the group order L, and
 *   <li>8·S·B = 8·R + 8·k·A, where k = SHA-512(R ‖ A ‖ M) mod L.
 * </ul>
 *
 * <p>This is the only rule that consensus uses. Libraries differ at its edges: some multiply the equation by the
 * cofactor 8 and some do not, some accept keys of small order (K. Chalkias, F. Garillot, V. Nikolaenko, "Taming the many
 * EdDSAs", IACR ePrint 2020/1244), so two of them in one network could disagree about a block. The cofactored equation
 * is the one under which checking signatures one by one and in batches says the same whatever component of small order
 * R has; without the factor, a batch of two such signatures can hold where neither does. An R of mixed order needs the
 * secret key all the same, and lets nobody but its holder sign.
 *
 * <p>Whether the bytes are such a point costs about half as much to find out as verifying a signature does, so {@link
 * #of} refuses only what can be told from the bytes by comparison. The rest is checked before the first verification
 * and remembered: under a key that is no point of prime order, no signature is valid. A key that enters the ledger
 * without a signature of its own must pass {@link #requirePrimeOrder}.
 */
public final class PublicKey implements Comparable<PublicKey> {
    /** Length in bytes. */
    public static final int LENGTH = Ed25519.PUBLIC_KEY_SIZE;

    /**
     * What was found of the keys decoded lately: the same senders come again and again, each time as new bytes. With all
     * tables made a key takes 9 KB here.
     */
    private static final RecentKeys<KeyPoint> RECENT = new RecentKeys<>(1 << 11);

    private final byte[] bytes;

    private PublicKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Copies a key and checks what its bytes alone show.
     *
     * @throws IllegalArgumentException if there are not 32 bytes, they encode no number below the field prime, or they
     *     encode a point of small order
     */
    public static PublicKey of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a public key has 32 bytes, not " + bytes.length);
        }
        if (!PrimeOrderSubgroup.isCanonical(bytes, 0)) {
            throw new IllegalArgumentException("not a canonical encoding of a public key: "
                    + HexFormat.of().formatHex(bytes));
        }
        if (SignatureEquation.isSmallOrder(bytes)) {
            throw new IllegalArgumentException(
                    "a public key of small order: " + HexFormat.of().formatHex(bytes));
        }
        return new PublicKey(bytes.clone());
    }

    /** Takes over the encoding of a multiple of the base point, which is of prime order by construction. */
    static PublicKey ofBaseMultiple(byte[] bytes) {
        return new PublicKey(bytes);
    }

    /** Whether this key made the signature over exactly this message, by the rule above. */
    public boolean verifies(byte[] message, Signature signature) {
        KeyPoint point = point();
        return point.hasPrimeOrder() && SignatureEquation.holds(bytes, point, message, signature.unshared());
    }

    /**
     * Checks the key in full and returns it.
     *
     * @throws IllegalArgumentException if it is no point of prime order, so that no signature is valid under it
     */
    public PublicKey requirePrimeOrder() {
        if (!point().hasPrimeOrder()) {
            throw new IllegalArgumentException("not an Ed25519 point of prime order: " + this);
        }
        return this;
    }

    /** Looked up each time: held by every key, the tables of points would fill the memory. */
    KeyPoint point() {
        return RECENT.get(bytes, KeyPoint::of);
    }

    /** The bytes themselves, for this package's arithmetic: never to be changed or handed on. */
    byte[] unshared() {
        return bytes;
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
