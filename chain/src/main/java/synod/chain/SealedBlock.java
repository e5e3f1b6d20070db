package synod.chain;

import synod.chain.codec.ByteString;

/**
 * A block and the proof that it was decided.
 *
 * @param seal what the engine demands beside the block: empty under proof of work (the id is the proof), a commit
 *     certificate or a slot signature elsewhere; at most {@link #MAX_SEAL_BYTES}
 */
public record SealedBlock(Block block, ByteString seal) {
    /** The longest seal. */
    public static final int MAX_SEAL_BYTES = 64 << 10;
}
