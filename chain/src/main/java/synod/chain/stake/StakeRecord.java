package synod.chain.stake;

import java.util.ArrayList;
import java.util.List;
import synod.chain.Amount;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.PublicKey;

/**
 * What the state holds of a validator. Its key is the record's.
 *
 * @param vrfKey what it draws slots with, from the next snapshot on
 * @param bonded what counts as its stake from the next snapshot on
 * @param unbonding what is on its way back to its address and can still be slashed, by the epoch in which it comes free,
 *     ascending; at most {@link #MAX_PARTS}
 * @param jailed whether it contradicted itself: then it is in no snapshot and can never bond again
 */
public record StakeRecord(PublicKey vrfKey, Amount bonded, List<Unbonding> unbonding, boolean jailed) {
    /** The most parts that one validator may have on their way back at once. */
    public static final int MAX_PARTS = 64;

    /** Copies the list. */
    public StakeRecord {
        unbonding = List.copyOf(unbonding);
    }

    /**
     * Stake on its way back.
     *
     * @param epoch at whose first block it is paid out
     */
    public record Unbonding(long epoch, Amount amount) {}

    /** Everything that can be slashed. */
    public Amount total() {
        Amount sum = bonded;
        for (Unbonding part : unbonding) {
            sum = sum.plus(part.amount());
        }
        return sum;
    }

    /** VRF key; bonded u63; jailed u8; a u16 count, and for each part its epoch u63 and amount u63. */
    public byte[] encode() {
        Encoder out = new Encoder(PublicKey.LENGTH + Long.BYTES + 3 + unbonding.size() * 2 * Long.BYTES)
                .raw(vrfKey.bytes())
                .u64(bonded.units())
                .u8(jailed ? 1 : 0)
                .u16(unbonding.size());
        unbonding.forEach(part -> out.u64(part.epoch()).u64(part.amount().units()));
        return out.toBytes();
    }

    /** Reads the record's bytes, all of them. */
    public static StakeRecord decode(byte[] record) throws RejectedException {
        Decoder in = new Decoder(record);
        byte[] key = in.raw(PublicKey.LENGTH);
        Amount bonded = new Amount(in.u63());
        int jailed = in.u8();
        int count = in.u16();
        if (jailed > 1 || count > MAX_PARTS) {
            throw in.malformed("a validator with " + count + " unbonding parts, jailed " + jailed);
        }
        List<Unbonding> unbonding = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            unbonding.add(new Unbonding(in.u63(), new Amount(in.u63())));
        }
        in.finish();
        try {
            return new StakeRecord(PublicKey.of(key), bonded, unbonding, jailed == 1);
        } catch (IllegalArgumentException e) {
            throw in.malformed("a VRF key that cannot be");
        }
    }
}
