package synod.chain.transaction;

import java.util.List;
import synod.chain.Amount;
import synod.chain.LedgerRules;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Hash;
import synod.crypto.SignedMessage;

/** What a transaction does. */
public sealed interface Payload permits Transfer, Anchor, MemberVote, Bond, Unbond, EvidenceReport {
    /** The byte that names the kind in the encoding. */
    int kind();

    /** Appends the fields after the kind byte. */
    void encode(Encoder out);

    /** What the sender pays beside the fee. */
    Amount cost();

    /**
     * Refuses content that is never allowed on a network, whatever the state.
     *
     * @throws RejectedException {@code BAD_CONTENT}, or a reason that says more
     */
    void check(LedgerRules rules) throws RejectedException;

    /**
     * What must be verified beside the sender's signature before the transaction may be executed, which looks at no
     * signature.
     */
    default List<SignedMessage> signedMessages(Hash chainId) {
        return List.of();
    }

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
            case Bond.KIND -> Bond.decode(in);
            case Unbond.KIND -> Unbond.decode(in);
            case EvidenceReport.KIND -> EvidenceReport.decode(in);
            default -> throw in.malformed("a transaction of unknown kind " + kind);
        };
    }
}
