package synod.chain.transaction;

import java.util.Optional;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.PublicKey;

/**
 * What the state holds of a member.
 *
 * @param weight its share of the votes, at least 1
 * @param vote its standing vote about the member set
 */
public record MemberRecord(long weight, Optional<MemberVote> vote) {
    private static final int NO_VOTE = 0;

    /** A member that has not voted. */
    public static MemberRecord of(long weight) {
        return new MemberRecord(weight, Optional.empty());
    }

    /** Weight u64; change u8, zero without a vote; and with one the key that it is about. */
    public byte[] encode() {
        Encoder out = new Encoder(Long.BYTES + 1 + PublicKey.LENGTH).u64(weight);
        vote.ifPresentOrElse(standing -> standing.encode(out), () -> out.u8(NO_VOTE));
        return out.toBytes();
    }

    /** Reads the record's bytes, all of them. */
    public static MemberRecord decode(byte[] bytes) throws RejectedException {
        Decoder in = new Decoder(bytes);
        long weight = in.u63();
        int change = in.u8();
        Optional<MemberVote> vote = change == NO_VOTE
                ? Optional.empty()
                : Optional.of(new MemberVote(MemberVote.Change.decode(change, in), MemberVote.decodeKey(in)));
        in.finish();
        if (weight == 0) {
            throw in.malformed("a member without weight");
        }
        return new MemberRecord(weight, vote);
    }
}
