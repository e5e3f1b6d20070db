package synod.chain.stake;

import java.nio.charset.StandardCharsets;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Hash;

/**
 * What a leader signs: this is my block of this slot. One who claims two blocks for one slot is slashed.
 *
 * @param slot not negative
 * @param block the block's id
 */
public record SlotClaim(long slot, Hash block) implements StakeStatement {
    /** No signature over anything else begins with these bytes. */
    private static final byte[] DOMAIN = "synod slot claim 1".getBytes(StandardCharsets.US_ASCII);

    /** Refuses a slot that cannot be. */
    public SlotClaim {
        if (slot < 0) {
            throw new IllegalArgumentException("a slot is not negative: " + slot);
        }
    }

    @Override
    public Kind kind() {
        return Kind.BLOCK;
    }

    @Override
    public byte[] signedBytes(Hash chainId) {
        Encoder out = new Encoder(DOMAIN.length + 2 * Hash.LENGTH + Long.BYTES)
                .raw(DOMAIN)
                .hash(chainId);
        encode(out);
        return out.toBytes();
    }

    /** Whether they are for two blocks of one slot. */
    @Override
    public boolean contradicts(StakeStatement other) {
        return other instanceof SlotClaim(long otherSlot, Hash otherBlock)
                && slot == otherSlot
                && !block.equals(otherBlock);
    }

    /** Appends slot u63 and block. */
    @Override
    public void encode(Encoder out) {
        out.u64(slot).hash(block);
    }

    /** Reads a claim. */
    public static SlotClaim decode(Decoder in) throws RejectedException {
        return new SlotClaim(in.u63(), in.hash());
    }
}
