package synod.chain.transaction;

import synod.chain.Amount;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;

/** What a transaction does. */
public sealed interface Payload permits Transfer, Anchor, MemberVote {
    /** The byte that names the kind in the encoding. */
    int kind();

    /** Appends the fields after the kind byte. */
    void encode(Encoder out);

    /** What the sender pays beside the fee. */
    Amount cost();

    /**
     * Refuses content that is never allowed, whatever the state.
     *
     * @throws RejectedException {@code BAD_CONTENT}
     */
    void check() throws RejectedException;

    /**
     * Does what the transaction says, once its content is checked, its nonce found right and its fee paid.
     *
     * @throws RejectedException if the state does not allow it
     */
    void apply(StateAccess state) throws RejectedException;

    /** Reads the fields of a kind. */
    static Payload decode(int kind, Decoder in) throws RejectedException {
        return switch (kind) {
            case Transfer.KIND -> Transfer.decode(in);
            case Anchor.KIND -> Anchor.decode(in);
            case MemberVote.KIND -> MemberVote.decode(in);
            default -> throw in.malformed("a transaction of unknown kind " + kind);
        };
    }
}
