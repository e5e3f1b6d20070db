package synod.chain.transaction;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import synod.chain.Amount;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Hash;

/**
 * Puts a digest on record, with the time of the block as witness.
 *
 * @param digest what is anchored; one sender can anchor a digest once
 * @param memo at most {@link #MAX_MEMO_BYTES} of UTF-8
 */
public record Anchor(Hash digest, String memo) implements Payload {
    /** The longest memo, in bytes. */
    public static final int MAX_MEMO_BYTES = 80;

    static final int KIND = 2;

    /** Refuses a memo that is too long. */
    public Anchor {
        int length = memo.getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_MEMO_BYTES) {
            throw new IllegalArgumentException("a memo has at most " + MAX_MEMO_BYTES + " bytes, not " + length);
        }
    }

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(Encoder out) {
        out.hash(digest).bytes8(memo.getBytes(StandardCharsets.UTF_8));
    }

    /** Nothing but the fee. */
    @Override
    public Amount cost() {
        return Amount.ZERO;
    }

    /** Every digest and every memo may be anchored. */
    @Override
    public void check() {}

    static Anchor decode(Decoder in) throws RejectedException {
        Hash digest = in.hash();
        byte[] memo = in.bytes8(MAX_MEMO_BYTES);
        try {
            return new Anchor(
                    digest,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(memo))
                            .toString());
        } catch (CharacterCodingException e) {
            throw in.malformed("a memo that is not UTF-8");
        }
    }
}
