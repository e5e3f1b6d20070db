package synod.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4), once and twice, over the concatenation of the given parts. */
public final class Sha256 {
    private Sha256() {}

    /** SHA-256 of the concatenated parts. */
    public static Hash hash(byte[]... parts) {
        return Hash.wrap(digest(parts));
    }

    /** SHA-256 of SHA-256 of the concatenated parts: Bitcoin's block and transaction hash. */
    public static Hash doubleHash(byte[]... parts) {
        return Hash.wrap(digest(digest(parts)));
    }

    private static byte[] digest(byte[]... parts) {
        MessageDigest digest = newDigest();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /** A fresh digest, for callers that feed it piece by piece. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
