package synod.consensus.pow.search;

import java.security.DigestException;
import java.security.MessageDigest;
import synod.chain.BlockHeader;
import synod.crypto.Sha256;

/** SHA-256d of one header with many nonces, by the JDK's own SHA-256: the state after the first 64 bytes is cloned. */
final class DoubleHash {
    private static final int MIDSTATE_BYTES = 64;
    private static final int NONCE_AT = 76 - MIDSTATE_BYTES;

    private final MessageDigest midstate = Sha256.newDigest();
    private final MessageDigest second = Sha256.newDigest();
    private final byte[] tail = new byte[BlockHeader.OUTER_BYTES - MIDSTATE_BYTES];
    private final byte[] hash = new byte[32];

    /** A hash of the 80 bytes, which are not kept. */
    DoubleHash(byte[] header) {
        midstate.update(header, 0, MIDSTATE_BYTES);
        System.arraycopy(header, MIDSTATE_BYTES, tail, 0, tail.length);
    }

    /** Whether the hash with this nonce, as a little-endian number, is at most the target, least significant byte first. */
    boolean isAtMost(byte[] target, int nonce) {
        hash(nonce);
        for (int i = hash.length - 1; i >= 0; i--) {
            if (hash[i] != target[i]) {
                return (hash[i] & 0xff) < (target[i] & 0xff);
            }
        }
        return true;
    }

    private void hash(int nonce) {
        tail[NONCE_AT] = (byte) nonce;
        tail[NONCE_AT + 1] = (byte) (nonce >>> 8);
        tail[NONCE_AT + 2] = (byte) (nonce >>> 16);
        tail[NONCE_AT + 3] = (byte) (nonce >>> 24);
        try {
            MessageDigest first = (MessageDigest) midstate.clone();
            first.update(tail);
            first.digest(hash, 0, hash.length);
            second.update(hash);
            second.digest(hash, 0, hash.length);
        } catch (CloneNotSupportedException | DigestException e) {
            throw new IllegalStateException("the JDK's SHA-256 cannot be cloned or refuses a 32-byte buffer", e);
        }
    }
}
