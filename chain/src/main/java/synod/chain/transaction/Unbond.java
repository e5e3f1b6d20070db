package synod.chain.transaction;

import synod.chain.Amount;
import synod.chain.LedgerRules;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;

/**
 * Takes coins of the sender out of its stake. They no longer count from the next snapshot on, and come free when the
 * network's unbonding delay is over; until then they can be slashed.
 */
public record Unbond(Amount amount) implements Payload {
    static final int KIND = 5;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(Encoder out) {
        out.u64(amount.units());
    }

    /** Nothing but the fee. */
    @Override
    public Amount cost() {
        return Amount.ZERO;
    }

    /** Refuses a zero amount, and all of it where there is no stake. */
    @Override
    public void check(LedgerRules rules) throws RejectedException {
        Bond.requireStake(rules);
        if (amount.equals(Amount.ZERO)) {
            throw new RejectedException(Reason.BAD_CONTENT, "an unbonding of nothing");
        }
    }

    @Override
    public void apply(StateAccess state) throws RejectedException {
        state.stake().unbond(state.senderKey(), amount);
    }

    static Unbond decode(Decoder in) throws RejectedException {
        return new Unbond(new Amount(in.u63()));
    }
}
