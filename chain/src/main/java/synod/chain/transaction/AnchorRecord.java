package synod.chain.transaction;

import java.nio.charset.StandardCharsets;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;

/**
 * What the state holds of an anchor.
 *
 * @param height of the block that holds it
 * @param timeMillis that block's time, in milliseconds since 1970-01-01 UTC
 * @param memo the sender's words
 */
public record AnchorRecord(long height, long timeMillis, String memo) {
    /** Height u64, time u64, memo with a u8 length. */
    public byte[] encode() {
        return new Encoder(17 + memo.length())
                .u64(height)
                .u64(timeMillis)
                .bytes8(memo.getBytes(StandardCharsets.UTF_8))
                .toBytes();
    }

    /** Reads the record's bytes, all of them. */
    public static AnchorRecord decode(byte[] bytes) throws RejectedException {
        Decoder in = new Decoder(bytes);
        AnchorRecord anchor = new AnchorRecord(in.u63(), in.u63(), Anchor.decodeMemo(in));
        in.finish();
        return anchor;
    }
}
