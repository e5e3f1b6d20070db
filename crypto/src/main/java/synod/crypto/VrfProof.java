package synod.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A proof of ECVRF-EDWARDS25519-SHA512-TAI (RFC 9381): 80 bytes, Γ then c (16 bytes) then s, numbers least significant
 * byte first. A key and an input have one output, however many proofs somebody makes of it, and without the secret key
 * it cannot be told from a random one.
 */
public final class VrfProof {
    /** Length in bytes. */
    public static final int LENGTH = Ecvrf.POINT_LENGTH + Ecvrf.CHALLENGE_LENGTH + Ecvrf.SCALAR_LENGTH;

    /** Length of an output in bytes. */
    public static final int OUTPUT_LENGTH = 64;

    private static final int TABLE_WIDTH = 5;
    private static final int C_OFFSET = Ecvrf.POINT_LENGTH;
    private static final int S_OFFSET = C_OFFSET + Ecvrf.CHALLENGE_LENGTH;

    private final byte[] bytes;

    private VrfProof(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Copies a proof and checks its form (RFC 9381 section 5.4.4). Whether it is valid only a key and an input can say.
     *
     * @throws IllegalArgumentException if there are not 80 bytes, Γ is not the canonical encoding of a curve point, or s
     *     is not below the group order
     */
    public static VrfProof of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a proof has 80 bytes, not " + bytes.length);
        }
        if (!new CurvePoint().decodeVar(bytes, 0)) {
            throw new IllegalArgumentException("a proof whose first half is no canonical point");
        }
        if (!Scalar.isCanonicalVar(bytes, S_OFFSET)) {
            throw new IllegalArgumentException("a proof whose s is not below the group order");
        }
        return new VrfProof(bytes.clone());
    }

    /**
     * The function's 64-byte output at alpha under this key, if this is a valid proof of it (RFC 9381 section 5.3). The
     * key must be of prime order, which is more than that section's key validation asks for.
     */
    public Optional<byte[]> output(PublicKey key, byte[] alpha) {
        KeyPoint y = key.point();
        if (!y.hasPrimeOrder()) {
            return Optional.empty();
        }
        CurvePoint h = Ecvrf.encodeToCurve(key.unshared(), alpha);
        Scalar s = Scalar.reduce(bytes, S_OFFSET, Ecvrf.SCALAR_LENGTH);
        Scalar c = Scalar.reduce(bytes, C_OFFSET, Ecvrf.CHALLENGE_LENGTH);
        CurvePoint u = new PointSum()
                .plus(s, BasePoint.MULTIPLES)
                .plus(c.negated(), y.multiplesAlone())
                .total();
        // Γ may have a component of small order, and the group order less c would not be the same multiple of it.
        CurvePoint minusGamma = gamma();
        minusGamma.becomeNegative();
        CurvePoint v = new PointSum()
                .plus(s, OddMultiples.of(h, TABLE_WIDTH))
                .plus(c, OddMultiples.of(minusGamma, TABLE_WIDTH))
                .total();
        byte[] expected = Ecvrf.challenge(
                key.unshared(), h.encode(), Arrays.copyOf(bytes, Ecvrf.POINT_LENGTH), u.encode(), v.encode());
        return Arrays.equals(expected, 0, expected.length, bytes, C_OFFSET, S_OFFSET)
                ? Optional.of(unverifiedOutput())
                : Optional.empty();
    }

    /** The output that this proof claims (RFC 9381 section 5.2): only for who made the proof, or has verified it. */
    public byte[] unverifiedOutput() {
        return Ecvrf.output(gamma());
    }

    private CurvePoint gamma() {
        CurvePoint gamma = new CurvePoint();
        if (!gamma.decodeVar(bytes, 0)) {
            throw new IllegalStateException("a proof's point was checked and is none");
        }
        return gamma;
    }

    /** A copy of the 80 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VrfProof that && Arrays.equals(bytes, that.bytes);
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
