package synod.chain.transaction;

import synod.chain.Amount;
import synod.chain.LedgerRules;
import synod.chain.Reason;
import synod.chain.RejectedException;
import synod.chain.codec.Decoder;
import synod.chain.codec.Encoder;
import synod.crypto.PublicKey;

/**
 * Puts coins of the sender at stake. The sender's key is the validator, so only who can sign for it makes it one.
 *
 * @param vrfKey what the validator draws slots with from the next snapshot on, also if it drew with another one before
 */
public record Bond(Amount amount, PublicKey vrfKey) implements Payload {
    static final int KIND = 4;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void encode(Encoder out) {
        out.u64(amount.units()).raw(vrfKey.bytes());
    }

    @Override
    public Amount cost() {
        return amount;
    }

    /** Refuses a zero amount, a key with which nothing can be proved, and all of it where there is no stake. */
    @Override
    public void check(LedgerRules rules) throws RejectedException {
        requireStake(rules);
        if (amount.equals(Amount.ZERO)) {
            throw new RejectedException(Reason.BAD_CONTENT, "a bond of nothing");
        }
        try {
            vrfKey.requirePrimeOrder();
        } catch (IllegalArgumentException e) {
            throw new RejectedException(Reason.BAD_CONTENT, "a VRF key that can prove nothing: " + e.getMessage());
        }
    }

    /** Refuses a network where nothing is at stake. */
    static void requireStake(LedgerRules rules) throws RejectedException {
        if (rules.stake().isEmpty()) {
            throw new RejectedException(Reason.BAD_CONTENT, "on this network blocks are not decided by stake");
        }
    }

    @Override
    public void apply(StateAccess state) throws RejectedException {
        state.debit(amount);
        state.stake().bond(state.senderKey(), amount, vrfKey);
    }

    static Bond decode(Decoder in) throws RejectedException {
        Amount amount = new Amount(in.u63());
        byte[] key = in.raw(PublicKey.LENGTH);
        try {
            return new Bond(amount, PublicKey.of(key));
        } catch (IllegalArgumentException e) {
            throw in.malformed("a VRF key that is no canonical point of prime order");
        }
    }
}
