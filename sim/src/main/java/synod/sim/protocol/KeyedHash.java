package synod.sim.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import synod.chain.Reason;
import synod.chain.Rejection;
import synod.chain.codec.ByteString;
import synod.chain.transaction.Transaction;
import synod.consensus.VrfProver;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.crypto.Sha256;
import synod.crypto.Signature;
import synod.crypto.VrfProof;

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

    /** What the holder of the key draws at this input: the first 64 bytes are the output, the next 80 prove it. */
    private static byte[] evaluate(PublicKey key, byte[] alpha) {
        byte[] evaluated = new byte[VrfProof.OUTPUT_LENGTH + VrfProof.LENGTH];
        byte[] block = Sha256.hash(new byte[] {1}, key.bytes(), alpha).bytes();
        for (int at = 0; at < evaluated.length; at += block.length) {
            System.arraycopy(block, 0, evaluated, at, Math.min(block.length, evaluated.length - at));
            block = Sha256.hash(block).bytes();
        }
        return evaluated;
    }

    /** The output at this input under this key, if the proof is the one that its holder makes. */
    public static Optional<ByteString> draw(PublicKey key, byte[] alpha, ByteString proof) {
        VrfProver.Draw drawn = prover(key).draw(alpha);
        return drawn.proof().equals(proof) ? Optional.of(drawn.output()) : Optional.empty();
    }

    /** Draws with this key. */
    public static VrfProver prover(PublicKey key) {
        return new VrfProver() {
            @Override
            public PublicKey publicKey() {
                return key;
            }

            @Override
            public Draw draw(byte[] alpha) {
                byte[] evaluated = evaluate(key, alpha);
                return new Draw(
                        ByteString.of(Arrays.copyOfRange(evaluated, VrfProof.OUTPUT_LENGTH, evaluated.length)),
                        ByteString.of(Arrays.copyOf(evaluated, VrfProof.OUTPUT_LENGTH)));
            }
        };
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
