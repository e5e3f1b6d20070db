package synod.consensus;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Hash;

/**
 * What a member votes for: one block, at one height, in one view. A member that signs two ballots which differ in the
 * block alone contradicts itself.
 *
 * @param kind what the vote promises
 * @param chainId the genesis block's id, so that no vote counts on two chains
 * @param height the block's height
 * @param view the view (round) that the vote is cast in, not negative
 * @param block the block's id
 */
public record Ballot(Kind kind, Hash chainId, long height, long view, Hash block) {
    /** No signature over anything else begins with these bytes. */
    private static final byte[] DOMAIN = "synod ballot 1".getBytes(StandardCharsets.US_ASCII);

    private static final int SIGNED_BYTES = DOMAIN.length + 1 + 2 * Hash.LENGTH + 2 * Long.BYTES;

    /** What a vote promises. */
    public enum Kind {
        /** The primary: this is the block of this height and view. */
        PRE_PREPARE,
        /** A backup: the primary proposed this block, and it may follow the head. */
        PREPARE,
        /** A member: a quorum has prepared this block. */
        COMMIT;

        /** Reads a kind. */
        public static Kind decode(Decoder in) throws RejectedException {
            int code = in.u8();
            if (code >= values().length) {
                throw in.malformed("an unknown kind of ballot, " + code);
            }
            return values()[code];
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The bytes that a member signs: the domain, the kind, and the fields in their order. */
    public byte[] signedBytes() {
        return new Encoder(SIGNED_BYTES)
                .raw(DOMAIN)
                .u8(kind.ordinal())
                .hash(chainId)
                .u64(height)
                .u64(view)
                .hash(block)
                .toBytes();
    }

    /** Whether one member may not sign both. */
    public boolean contradicts(Ballot other) {
        return kind == other.kind
                && chainId.equals(other.chainId)
                && height == other.height
                && view == other.view
                && !block.equals(other.block);
    }
}
