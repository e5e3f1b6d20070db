package synod.chain.transaction;

import java.util.List;
import synod.chain.Amount;
import synod.chain.LedgerRules;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.chain.stake.StakeEvidence;
import synod.crypto.Hash;
import synod.crypto.SignedMessage;

/** Proof that a validator contradicted itself, from anybody: it is slashed and jailed, once, and the sender gets a share. */
public record EvidenceReport(StakeEvidence evidence) implements Payload {
    static final int KIND = 6;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(Encoder out) {
        evidence.encode(out);
    }

    /** Nothing but the fee. */
    @Override
    public Amount cost() {
        return Amount.ZERO;
    }

    /** Refuses statements that do not contradict each other, and all of it where there is no stake. */
    @Override
    public void check(LedgerRules rules) throws RejectedException {
        Bond.requireStake(rules);
        evidence.check();
    }

    /** The accused's two signatures. */
    @Override
    public List<SignedMessage> signedMessages(Hash chainId) {
        return evidence.signedMessages(chainId);
    }

    @Override
    public void apply(StateAccess state) throws RejectedException {
        state.credit(state.sender(), state.stake().slash(evidence.accused()));
    }

    static EvidenceReport decode(Decoder in) throws RejectedException {
        return new EvidenceReport(StakeEvidence.decode(in));
    }
}
