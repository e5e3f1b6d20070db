package synod.chain.stake;

import java.nio.charset.StandardCharsets;
import synod.chain.RejectedException;
import synod.chain.codec.ByteString;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Hash;
import synod.crypto.Sha256;

/**
 * What the nonces of epochs to come are made of, after some block.
 *
 * @param evolving a hash over the outputs of all blocks
 * @param candidate what it was after the last block of this epoch that counts for the next one's nonce
 * @param slot the block's
 */
public record NonceState(Hash evolving, Hash candidate, long slot) {
    private static final byte[] EVOLUTION = "synod nonce evolution 1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EPOCH = "synod epoch nonce 1".getBytes(StandardCharsets.US_ASCII);

    /** Before any block. */
    public static NonceState initial(Hash seed) {
        return new NonceState(seed, seed, 0);
    }

    /** The state after a block in a later slot of the same epoch, or in the first one with a block after {@link #turned}. */
    public NonceState after(ByteString output, long blockSlot, SlotClock clock) {
        Hash evolved = Sha256.hash(EVOLUTION, evolving.bytes(), output.bytes());
        return new NonceState(evolved, clock.feedsNextNonce(blockSlot) ? evolved : candidate, blockSlot);
    }

    /**
     * The state at the beginning of an epoch. Should the part of it that counts stay without blocks, all blocks before it
     * count for the next nonce.
     */
    public NonceState turned() {
        return new NonceState(evolving, evolving, slot);
    }

    /**
     * The nonce of an epoch.
     *
     * @param skipped whether no block stands in the epoch before it
     */
    public Hash epochNonce(long epoch, boolean skipped) {
        Hash made = skipped ? evolving : candidate;
        return Sha256.hash(EPOCH, new Encoder(40).hash(made).u64(epoch).toBytes());
    }

    /** Evolving and candidate nonce, slot u63. */
    public byte[] encode() {
        return new Encoder(2 * Hash.LENGTH + Long.BYTES)
                .hash(evolving)
                .hash(candidate)
                .u64(slot)
                .toBytes();
    }

    /** Reads the record's bytes, all of them. */
    public static NonceState decode(byte[] record) throws RejectedException {
        Decoder in = new Decoder(record);
        NonceState state = new NonceState(in.hash(), in.hash(), in.u63());
        in.finish();
        return state;
    }
}
