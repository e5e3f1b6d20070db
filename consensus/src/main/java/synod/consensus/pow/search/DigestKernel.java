package synod.consensus.pow.search;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.OptionalInt;
import synod.chain.BlockHeader;
import synod.crypto.Sha256;

/**
 * The kernel on the JDK's own SHA-256: the first 64 bytes are hashed once (the midstate) and the state is cloned for each
 * nonce.
 */
public final class DigestKernel implements NonceKernel {
    private static final int MIDSTATE_BYTES = 64;
    private static final int NONCE_OFFSET = 76;

    private final MessageDigest second = Sha256.newDigest();
    private final byte[] tail = new byte[BlockHeader.OUTER_BYTES - MIDSTATE_BYTES];
    private final byte[] hash = new byte[32];

    @Override
    public String name() {
        return "digest";
    }

    @Override
    public OptionalInt search(byte[] header, byte[] target, int first, int count) {
        MessageDigest midstate = Sha256.newDigest();
        midstate.update(header, 0, MIDSTATE_BYTES);
        System.arraycopy(header, MIDSTATE_BYTES, tail, 0, tail.length);
        try {
            for (int i = 0; i < count; i++) {
                int nonce = first + i;
                hash(midstate, nonce);
                if (isAtMost(target)) {
                    return OptionalInt.of(nonce);
                }
            }
            return OptionalInt.empty();
        } catch (CloneNotSupportedException | DigestException e) {
            throw new IllegalStateException("the JDK's SHA-256 cannot be cloned or refuses a 32-byte buffer", e);
        }
    }

    private void hash(MessageDigest midstate, int nonce) throws CloneNotSupportedException, DigestException {
        int at = NONCE_OFFSET - MIDSTATE_BYTES;
        tail[at] = (byte) nonce;
        tail[at + 1] = (byte) (nonce >>> 8);
        tail[at + 2] = (byte) (nonce >>> 16);
        tail[at + 3] = (byte) (nonce >>> 24);
        MessageDigest digest = (MessageDigest) midstate.clone();
        digest.update(tail);
        digest.digest(hash, 0, hash.length);
        second.update(hash);
        second.digest(hash, 0, hash.length);
    }

    private boolean isAtMost(byte[] target) {
        for (int i = hash.length - 1; i >= 0; i--) {
            if (hash[i] != target[i]) {
                return (hash[i] & 0xff) < (target[i] & 0xff);
            }
        }
        return true;
    }
}
