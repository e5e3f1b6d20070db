package synod.chain.transaction;

import synod.chain.Amount;
import synod.chain.LedgerRules;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.Address;

/** Moves coins from the sender to an address. */
public record Transfer(Address to, Amount amount) implements Payload {
    static final int KIND = 1;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(Encoder out) {
        out.hash(to.digest()).u64(amount.units());
    }

    @Override
    public Amount cost() {
        return amount;
    }

    /** Refuses a zero amount. */
    @Override
    public void check(LedgerRules rules) throws RejectedException {
        if (amount.equals(Amount.ZERO)) {
            throw new RejectedException(Reason.BAD_CONTENT, "a transfer of nothing");
        }
    }

    @Override
    public void apply(StateAccess state) throws RejectedException {
        state.debit(amount);
        state.credit(to, amount);
    }

    static Transfer decode(Decoder in) throws RejectedException {
        return new Transfer(new Address(in.hash()), new Amount(in.u63()));
    }
}
