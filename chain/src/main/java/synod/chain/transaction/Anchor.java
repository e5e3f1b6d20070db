package synod.chain.transaction;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import synod.chain.Amount;
import synod.chain.LedgerRules;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.StateKey;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Address;
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

    private static final char RECORD = 'd';

    /** Refuses a memo that is too long, or that no UTF-8 can express. */
    public Anchor {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(memo)) {
            throw new IllegalArgumentException("a memo with half a surrogate pair");
        }
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
    public void check(LedgerRules rules) {}

    /** Refuses what the sender has anchored before; else writes the record. */
    @Override
    public void apply(StateAccess state) throws RejectedException {
        StateKey key = stateKey(state.sender(), digest);
        if (state.record(key).isPresent()) {
            throw new RejectedException(Reason.ALREADY_ANCHORED, "the sender has anchored " + digest + " before");
        }
        state.put(key, new AnchorRecord(state.height(), state.timeMillis(), memo).encode());
    }

    /** The key of the record of a digest that this sender anchored. */
    public static StateKey stateKey(Address sender, Hash digest) {
        return StateKey.of(RECORD, digest, sender.digest());
    }

    static Anchor decode(Decoder in) throws RejectedException {
        return new Anchor(in.hash(), decodeMemo(in));
    }

    static String decodeMemo(Decoder in) throws RejectedException {
        byte[] memo = in.bytes8(MAX_MEMO_BYTES);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(memo))
                    .toString();
        } catch (CharacterCodingException e) {
            throw in.malformed("a memo that is not UTF-8");
        }
    }
}
