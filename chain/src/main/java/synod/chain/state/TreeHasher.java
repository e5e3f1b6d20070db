package synod.chain.state;

import java.security.MessageDigest;
import synod.crypto.Hash;
import synod.crypto.Sha256;

/**
 * The hashes of the state tree. A leaf's begin with 0x00 and a branch's with 0x01, so that neither passes for the
 * other. Reuses one digest: for one thread.
 */
final class TreeHasher {
    private static final byte LEAF = 0;
    private static final byte BRANCH = 1;

    private final MessageDigest digest = Sha256.newDigest();
    private final byte[] buffer = new byte[1 + 2 * Hash.LENGTH];

    Hash leaf(Hash path, Hash valueHash) {
        return hash(LEAF, path, valueHash);
    }

    Hash branch(Hash left, Hash right) {
        return hash(BRANCH, left, right);
    }

    /** Plain SHA-256: of a state key its path, of a record its value hash. */
    Hash plain(byte[] bytes) {
        return Hash.of(digest.digest(bytes));
    }

    private Hash hash(byte domain, Hash first, Hash second) {
        buffer[0] = domain;
        first.copyTo(buffer, 1);
        second.copyTo(buffer, 1 + Hash.LENGTH);
        return Hash.of(digest.digest(buffer));
    }
}
