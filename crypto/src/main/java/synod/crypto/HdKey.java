package synod.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An Ed25519 key from which further ones are derived (SLIP-10): a signing key and the chain code that, together with
 * it, determines its children. Never printed.
 */
public final class HdKey {
    private static final byte[] CURVE = "ed25519 seed".getBytes(StandardCharsets.US_ASCII);
    private static final int HALF = 32;
    private static final int HARDENED = 0x80000000;

    private final byte[] privateKey;
    private final byte[] chainCode;

    private HdKey(byte[] privateKeyAndChainCode) {
        this.privateKey = Arrays.copyOf(privateKeyAndChainCode, HALF);
        this.chainCode = Arrays.copyOfRange(privateKeyAndChainCode, HALF, 2 * HALF);
    }

    /**
     * The master key of a seed, such as {@link Mnemonic#seed} gives.
     *
     * @throws IllegalArgumentException if there are not 16 to 64 bytes
     */
    public static HdKey master(byte[] seed) {
        if (seed.length < 16 || seed.length > 64) {
            throw new IllegalArgumentException("a seed has 16 to 64 bytes, not " + seed.length);
        }
        return new HdKey(hmacSha512(CURVE, seed));
    }

    /**
     * The hardened child with this number.
     *
     * @param index the number without the hardening bit, not negative
     */
    public HdKey child(int index) {
        if (index < 0) {
            throw new IllegalArgumentException("a child number is not negative: " + index);
        }
        byte[] data = ByteBuffer.allocate(1 + HALF + Integer.BYTES)
                .put((byte) 0)
                .put(privateKey)
                .putInt(HARDENED | index)
                .array();
        return new HdKey(hmacSha512(chainCode, data));
    }

    /** The descendant at the end of a path that starts at this key. */
    public HdKey derive(DerivationPath path) {
        HdKey key = this;
        for (int index : path.indices()) {
            key = key.child(index);
        }
        return key;
    }

    /** The key that signs. */
    public SigningKey signingKey() {
        return SigningKey.of(privateKey);
    }

    /** A copy of the 32 bytes of chain code. */
    public byte[] chainCode() {
        return chainCode.clone();
    }

    private static byte[] hmacSha512(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(key, "HmacSHA512"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform has no HMAC-SHA512", e);
        }
    }
}
