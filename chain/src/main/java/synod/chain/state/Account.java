package synod.chain.state;

import synod.chain.Amount;

/**
 * What the ledger knows of an address.
 *
 * @param balance what can be spent
 * @param nonce how many transactions it has sent, which is the nonce of its next one
 */
public record Account(Amount balance, long nonce) {
    /** An address that nobody has ever paid. */
    public static final Account EMPTY = new Account(Amount.ZERO, 0);
}
