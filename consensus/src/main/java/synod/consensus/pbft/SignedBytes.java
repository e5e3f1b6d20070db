package synod.consensus.pbft;

import java.nio.charset.StandardCharsets;
import synod.chain.codec.Encoder;
import synod.crypto.Hash;

/** The bytes under the signatures of messages that are no votes. */
public final class SignedBytes {
    /** No signature over anything else begins with these bytes. */
    private static final byte[] DOMAIN = "synod pbft 1".getBytes(StandardCharsets.US_ASCII);

    private SignedBytes() {}

    /** The domain, the message's kind, the chain, and then the content. */
    public static byte[] of(PbftMessage.Kind kind, Hash chainId, Encoder content) {
        return new Encoder(64 + content.size())
                .raw(DOMAIN)
                .u8(kind.ordinal())
                .hash(chainId)
                .raw(content.toBytes())
                .toBytes();
    }
}
