package synod.chain.stake;

import java.nio.charset.StandardCharsets;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Hash;
import synod.crypto.PublicKey;
import synod.crypto.VrfProof;

/**
 * What the header of a block made by stake says in its engine field: that its proposer leads the slot. Whether the proof
 * is valid needs no state and is checked where headers come in; whether nonce, key and output are the right ones,
 * {@link ProposerRule} says.
 *
 * @param nonce the epoch's
 * @param vrfKey the proposer's, as the active snapshot has it
 * @param proof that the output is the function's at {@link #alpha}: 80 bytes
 * @param output the function's: 64 bytes
 * @param certificate the hash of the finality certificate that the seal carries, or zero; so nobody can take it out or put
 *     another one in
 */
public record LeaderProof(Hash nonce, PublicKey vrfKey, ByteString proof, ByteString output, Hash certificate) {
    /** Length of the encoding in bytes. */
    public static final int BYTES = 2 * Hash.LENGTH + PublicKey.LENGTH + VrfProof.LENGTH + VrfProof.OUTPUT_LENGTH;

    /** No function is asked for anything else that begins with these bytes. */
    private static final byte[] DOMAIN = "synod slot leader 1".getBytes(StandardCharsets.US_ASCII);

    /** Checks the lengths. */
    public LeaderProof {
        if (proof.size() != VrfProof.LENGTH || output.size() != VrfProof.OUTPUT_LENGTH) {
            throw new IllegalArgumentException(
                    "a proof of " + proof.size() + " bytes with an output of " + output.size());
        }
    }

    /** What the function is evaluated at to see whether one leads a slot: the domain, the epoch's nonce, the slot as u64. */
    public static byte[] alpha(Hash nonce, long slot) {
        return new Encoder(DOMAIN.length + Hash.LENGTH + Long.BYTES)
                .raw(DOMAIN)
                .hash(nonce)
                .u64(slot)
                .toBytes();
    }

    /** Nonce, VRF key, proof, output, certificate's hash: {@link #BYTES}. */
    public ByteString encode() {
        return ByteString.of(new Encoder(BYTES)
                .hash(nonce)
                .raw(vrfKey.bytes())
                .raw(proof.bytes())
                .raw(output.bytes())
                .hash(certificate)
                .toBytes());
    }

    /**
     * Reads an engine field.
     *
     * @throws RejectedException {@code BAD_ENGINE_FIELD} if it is none of these
     */
    public static LeaderProof decode(ByteString engineField) throws RejectedException {
        if (engineField.size() != BYTES) {
            throw new RejectedException(
                    Reason.BAD_ENGINE_FIELD, "an engine field of " + engineField.size() + " bytes, not " + BYTES);
        }
        Decoder in = new Decoder(engineField.bytes());
        Hash nonce = in.hash();
        byte[] key = in.raw(PublicKey.LENGTH);
        PublicKey vrfKey;
        try {
            vrfKey = PublicKey.of(key);
        } catch (IllegalArgumentException e) {
            throw new RejectedException(Reason.BAD_ENGINE_FIELD, "a VRF key that cannot be: " + e.getMessage());
        }
        return new LeaderProof(
                nonce,
                vrfKey,
                ByteString.of(in.raw(VrfProof.LENGTH)),
                ByteString.of(in.raw(VrfProof.OUTPUT_LENGTH)),
                in.hash());
    }
}
