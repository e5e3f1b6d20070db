package synod.chain.stake;

import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Hash;

/**
 * A block as the checkpoint of an epoch: the last one before the epoch's first slot on its branch.
 *
 * @param epoch not negative; the checkpoint of epoch 0 is block 0
 * @param block the block's id
 */
public record Checkpoint(long epoch, Hash block) {
    /** Refuses an epoch that cannot be. */
    public Checkpoint {
        if (epoch < 0) {
            throw new IllegalArgumentException("an epoch is not negative: " + epoch);
        }
    }

    /** Appends epoch u63 and block. */
    public void encode(Encoder out) {
        out.u64(epoch).hash(block);
    }

    /** Reads a checkpoint. */
    public static Checkpoint decode(Decoder in) throws RejectedException {
        return new Checkpoint(in.u63(), in.hash());
    }

    @Override
    public String toString() {
        return "epoch " + epoch + " at " + block;
    }
}
