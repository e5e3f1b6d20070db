package synod.sim.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.transaction.Transaction;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.crypto.Sha256;
import synod.crypto.Signature;

/**
 * Signatures that cost a fraction of Ed25519's: a hash over public key and message. They bind as signatures do, for in a
 * simulation nobody makes one under a key that is not his.
 */
public final class KeyedHash {
    private KeyedHash() {}

    /** What the holder of the key signs. */
    public static Signature sign(PublicKey key, byte[] message) {
        byte[] half = Sha256.hash(key.bytes(), message).bytes();
        byte[] both = Arrays.copyOf(half, Signature.LENGTH);
        System.arraycopy(half, 0, both, half.length, half.length);
        return Signature.of(both);
    }

    /** Whether the holder of the key signed exactly this. */
    public static boolean verifies(PublicKey key, byte[] message, Signature signature) {
        return sign(key, message).equals(signature);
    }

    /** The first transaction, if any, with a signature, its sender's or one in its payload, that is none on this chain. */
    static Optional<Rejection> check(Hash chainId, List<Transaction> transactions) {
        return transactions.stream()
                .filter(transaction -> !transaction.signedMessages(chainId).stream()
                        .allMatch(signed -> verifies(signed.key(), signed.message(), signed.signature())))
                .findFirst()
                .map(transaction -> new Rejection(Reason.BAD_SIGNATURE, "the signature of " + transaction));
    }
}
